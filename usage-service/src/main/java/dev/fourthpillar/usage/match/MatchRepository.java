package dev.fourthpillar.usage.match;

import dev.fourthpillar.usage.due.MatchDueRepository.Around;
import dev.fourthpillar.usage.match.Pairing.Call;
import dev.fourthpillar.usage.match.Pairing.Held;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Holds without a report of their call, and reports of calls without a hold. */
@Singleton
final class MatchRepository {
  /** As long as a hold can live. */
  private static final Duration AROUND = Duration.ofDays(1);

  /** Of each; whoever makes more calls in two days is looked at in parts. */
  private static final int MAX = 2_000;

  /** Reasoning is a part of output that not everybody tells. */
  private static final String QUANTITIES =
      """
      coalesce((
        select jsonb_object_agg(m.key, m.value -> 0)::text from jsonb_each(v.meters) m
        where m.key <> 'reasoning'), '')
      """;

  /**
   * Those of which only the hold speaks.
   *
   * @param knownSince what came later may still be told by an id
   */
  List<Held> holds(Handle handle, Around around, Instant knownSince) {
    return around(
            handle,
            """
            select v.unit_id, h.reserve_time, h.end_time, v.provider || '/' || v.model as model,
                   <quantities> as quantities
            from unit_value v
            join booked_hold h on h.engineer = :engineer and h.hold_id = v.hold_id
            where v.payer = :engineer and v.hold_id is not null
              and v.state not in ('VOID', 'SUPPRESSED')
              and v.event_time >= :from and v.event_time <= :until
              and v.first_received <= :known_since
              and exists (select 1 from evidence e where e.unit_id = v.unit_id)
              and not exists (
                select 1 from evidence e
                where e.unit_id = v.unit_id and e.signal <> 'HOLD_ATTEMPT')
            order by abs(extract(epoch from v.event_time - cast(:around as timestamptz))), v.unit_id limit :rows
            """,
            around,
            knownSince)
        .map(
            (row, _) ->
                new Held(
                    row.getLong("unit_id"),
                    row.getTimestamp("reserve_time").toInstant(),
                    row.getTimestamp("end_time").toInstant(),
                    row.getString("model"),
                    row.getString("quantities")))
        .list();
  }

  /** Calls that found no hold; none that names one, which is to come. */
  List<Call> calls(Handle handle, Around around, Instant knownSince) {
    return around(
            handle,
            """
            select v.unit_id, v.event_time, v.provider || '/' || v.model as model,
                   <quantities> as quantities
            from unit_value v
            where v.subject = :engineer and v.hold_id is null and not v.is_window
              and v.state in ('WAITING', 'SETTLED', 'UNPRICED') and v.meters <> '{}'
              and v.event_time >= :from and v.event_time <= :until
              and v.first_received <= :known_since
              and exists (select 1 from evidence e where e.unit_id = v.unit_id)
              and not exists (
                select 1 from evidence e where e.unit_id = v.unit_id and e.hold_id is not null)
            order by abs(extract(epoch from v.event_time - cast(:around as timestamptz))), v.unit_id limit :rows
            """,
            around,
            knownSince)
        .map(
            (row, _) ->
                new Call(
                    row.getLong("unit_id"),
                    row.getTimestamp("event_time").toInstant(),
                    row.getString("model"),
                    row.getString("quantities")))
        .list();
  }

  /** The rows nearest to that time. */
  private static Query around(Handle handle, String sql, Around around, Instant knownSince) {
    return handle
        .createQuery(sql)
        .define("quantities", QUANTITIES)
        .bind("engineer", around.engineer())
        .bind("around", around.time())
        .bind("from", around.time().minus(AROUND))
        .bind("until", around.time().plus(AROUND))
        .bind("known_since", knownSince)
        .bind("rows", MAX);
  }
}
