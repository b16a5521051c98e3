package dev.fourthpillar.usage.booked;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.Quantities;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Holds as budget-service has booked them. */
@Singleton
public final class BookedHoldRepository {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Keeps what was booked, unless a later account of the hold is there.
   *
   * @return whether it is the latest
   */
  public boolean keep(Handle handle, BookedHold hold) {
    boolean latest =
        handle
                .createUpdate(
                    """
                    insert into booked_hold
                      (engineer, hold_id, settlement_sequence, outcome, payer_kind, reserve_time,
                       end_time)
                    values
                      (:engineer, :hold_id, :sequence, :outcome, :payer_kind, :reserve_time,
                       :end_time)
                    on conflict (engineer, hold_id) do update
                    set settlement_sequence = excluded.settlement_sequence,
                        outcome = excluded.outcome, payer_kind = excluded.payer_kind,
                        reserve_time = excluded.reserve_time, end_time = excluded.end_time
                    where booked_hold.settlement_sequence < excluded.settlement_sequence
                    """)
                .bind("engineer", hold.engineer())
                .bind("hold_id", hold.hold())
                .bind("sequence", hold.sequence())
                .bind("outcome", hold.outcome())
                .bind("payer_kind", hold.payerKind())
                .bind("reserve_time", hold.reserveTime())
                .bind("end_time", hold.endTime())
                .execute()
            == 1;
    if (latest) {
      handle
          .createUpdate(
              "delete from booked_attempt where engineer = :engineer and hold_id = :hold_id")
          .bind("engineer", hold.engineer())
          .bind("hold_id", hold.hold())
          .execute();
      hold.attempts().forEach((attempt, booked) -> insert(handle, hold, attempt, booked));
    }
    return latest;
  }

  private static void insert(
      Handle handle, BookedHold hold, int attempt, BookedHold.Attempt booked) {
    handle
        .createUpdate(
            """
            insert into booked_attempt
              (engineer, hold_id, attempt, currency, list_nanos, employer_nanos, quantities)
            values
              (:engineer, :hold_id, :attempt, :currency, :list, :employer, cast(:quantities as jsonb))
            """)
        .bind("engineer", hold.engineer())
        .bind("hold_id", hold.hold())
        .bind("attempt", attempt)
        .bind("currency", booked.currency())
        .bind("list", booked.listNanos())
        .bind("employer", booked.employerNanos())
        .bind("quantities", json(booked.quantities()))
        .execute();
  }

  public Map<BookedHold.Id, BookedHold> find(Handle handle, Collection<BookedHold.Id> ids) {
    Map<BookedHold.Id, BookedHold> holds = new HashMap<>();
    if (ids.isEmpty()) {
      return holds;
    }
    List<BookedHold.Id> asked = List.copyOf(new HashSet<>(ids));
    Map<BookedHold.Id, Map<Integer, BookedHold.Attempt>> attempts = new HashMap<>();
    handle
        .createQuery(
            """
            select a.* from unnest(:engineers, :holds) k (engineer, hold_id)
            join booked_attempt a using (engineer, hold_id)
            """)
        .bindArray("engineers", String.class, asked.stream().map(BookedHold.Id::engineer).toList())
        .bindArray("holds", String.class, asked.stream().map(BookedHold.Id::hold).toList())
        .map(
            (row, _) ->
                attempts
                    .computeIfAbsent(id(row), _ -> new HashMap<>())
                    .put(row.getInt("attempt"), attempt(row)))
        .list();
    handle
        .createQuery(
            """
            select h.* from unnest(:engineers, :holds) k (engineer, hold_id)
            join booked_hold h using (engineer, hold_id)
            """)
        .bindArray("engineers", String.class, asked.stream().map(BookedHold.Id::engineer).toList())
        .bindArray("holds", String.class, asked.stream().map(BookedHold.Id::hold).toList())
        .map((row, _) -> hold(row, attempts.getOrDefault(id(row), Map.of())))
        .forEach(hold -> holds.put(new BookedHold.Id(hold.engineer(), hold.hold()), hold));
    return holds;
  }

  /** A call of an engineer at a time. */
  public record Call(String engineer, Instant eventTime) {}

  /** Those of the calls around which the engineer had a hold. */
  public Set<Call> withHoldAround(
      Handle handle, Collection<Call> calls, Duration before, Duration after) {
    if (calls.isEmpty()) {
      return Set.of();
    }
    List<Call> asked = List.copyOf(new HashSet<>(calls));
    return handle
        .createQuery(
            """
            select c.engineer, c.event_time
            from unnest(:engineers, cast(:times as timestamptz[])) c (engineer, event_time)
            where exists (
              select 1 from booked_hold h
              where h.engineer = c.engineer
                and h.reserve_time >= c.event_time - cast(:before as interval)
                and h.reserve_time <= c.event_time + cast(:after as interval))
            """)
        .bindArray("engineers", String.class, asked.stream().map(Call::engineer).toList())
        .bindArray(
            "times", String.class, asked.stream().map(c -> c.eventTime().toString()).toList())
        .bind("before", before.toSeconds() + " seconds")
        .bind("after", after.toSeconds() + " seconds")
        .map(
            (row, _) ->
                new Call(row.getString("engineer"), row.getTimestamp("event_time").toInstant()))
        .set();
  }

  /** Units that say of themselves that they belong to this hold. */
  public List<Long> unitsNaming(Handle handle, String engineer, String hold) {
    return handle
        .createQuery(
            """
            select distinct e.unit_id from evidence e
            where e.hold_engineer = :engineer and e.hold_id = :hold_id
            """)
        .bind("engineer", engineer)
        .bind("hold_id", hold)
        .mapTo(Long.class)
        .list();
  }

  private static BookedHold.Id id(ResultSet row) throws SQLException {
    return new BookedHold.Id(row.getString("engineer"), row.getString("hold_id"));
  }

  private static BookedHold hold(ResultSet row, Map<Integer, BookedHold.Attempt> attempts)
      throws SQLException {
    return new BookedHold(
        row.getString("engineer"),
        row.getString("hold_id"),
        row.getLong("settlement_sequence"),
        row.getString("outcome"),
        row.getString("payer_kind"),
        row.getTimestamp("reserve_time").toInstant(),
        row.getTimestamp("end_time").toInstant(),
        attempts);
  }

  private static BookedHold.Attempt attempt(ResultSet row) throws SQLException {
    Map<Meter, Long> counts = new HashMap<>();
    try {
      JSON.readTree(row.getString("quantities"))
          .properties()
          .forEach(e -> counts.put(Meter.read(e.getKey()), e.getValue().longValue()));
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("stored quantities are no JSON", broken);
    }
    return new BookedHold.Attempt(
        row.getString("currency"),
        row.getLong("list_nanos"),
        row.getLong("employer_nanos"),
        Quantities.of(counts));
  }

  private static String json(Quantities quantities) {
    List<String> pairs = new ArrayList<>();
    quantities.counts().forEach((meter, count) -> pairs.add("\"" + meter.code() + "\":" + count));
    return "{" + String.join(",", pairs) + "}";
  }
}
