package dev.fourthpillar.budget.settled;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** How far each person's usage was applied, and the lines that wait. */
@Singleton
final class SettledRepository {

  /**
   * @param source the currency that has no rate, for a line that waits for one
   * @param target the currency to convert to
   */
  record Waiting(
      String engineer,
      UsageLine line,
      PendingCause cause,
      @Nullable String source,
      @Nullable String target) {}

  /**
   * The last number applied of each of these, locked until the transaction ends; 0 is not in it.
   */
  Map<String, Long> lockApplied(Handle handle, Collection<String> engineers) {
    Map<String, Long> applied = new HashMap<>();
    handle
        .createQuery(
            """
            select engineer, last from usage_applied
            where engineer = any (:engineers)
            order by engineer
            for update
            """)
        .bindArray("engineers", String.class, List.copyOf(engineers))
        .map((row, _) -> Map.entry(row.getString("engineer"), row.getLong("last")))
        .forEach(entry -> applied.put(entry.getKey(), entry.getValue()));
    return applied;
  }

  void putApplied(Handle handle, Map<String, Long> applied) {
    List<Map.Entry<String, Long>> rows = List.copyOf(applied.entrySet());
    handle
        .createUpdate(
            """
            insert into usage_applied (engineer, last)
            select engineer, last from unnest(:engineers, :lasts) as a (engineer, last)
            order by engineer
            on conflict (engineer) do update set last = excluded.last
            """)
        .bindArray("engineers", String.class, rows.stream().map(Map.Entry::getKey).toList())
        .bindArray("lasts", Long.class, rows.stream().map(Map.Entry::getValue).toList())
        .execute();
  }

  /** Lines begin to wait, or go on to wait for something else. */
  void putWaiting(Handle handle, List<Waiting> lines, Instant now) {
    if (lines.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into pending_line
              (engineer, number, cause, usage_minute, recorded_at, source_currency, target_currency,
               hold_id, line)
            values
              (:engineer, :number, :cause, :minute, :now, :source, :target, :hold_id, :line)
            on conflict (engineer, number) do update
            set cause = excluded.cause, source_currency = excluded.source_currency,
                target_currency = excluded.target_currency
            """);
    for (Waiting waiting : lines) {
      batch
          .bind("engineer", waiting.engineer())
          .bind("number", waiting.line().number())
          .bind("cause", waiting.cause().name())
          .bind("minute", waiting.line().minute())
          .bind("now", now)
          .bind("source", waiting.source())
          .bind("target", waiting.target())
          .bind("hold_id", waiting.line().holdId())
          .bind("line", UsageMapper.toBytes(waiting.line()))
          .add();
    }
    var _ = batch.execute();
  }

  /**
   * Lines for which what they wait for is there now, the oldest first, locked until the transaction
   * ends; none that another replica has.
   */
  Map<String, List<UsageLine>> lockReady(Handle handle, int maxAgeDays, int atMost) {
    Map<String, List<UsageLine>> ready = new HashMap<>();
    handle
        .createQuery(
            """
            select p.engineer, p.line
            from pending_line p
            where case p.cause
              when 'ENGINEER_UNKNOWN' then exists (select 1 from person q where q.engineer = p.engineer)
              when 'FX_RATE_MISSING' then exists (
                select 1 from fx_rate f
                where (f.source_currency, f.target_currency)
                        in ((p.source_currency, p.target_currency), (p.target_currency, p.source_currency))
                  and f.day between (p.usage_minute at time zone 'UTC')::date - :max_age_days
                                and (p.usage_minute at time zone 'UTC')::date)
              else exists (select 1 from hold h
                           where h.engineer = p.engineer and h.hold_id = p.hold_id
                             and h.state <> 'REFUSED')
            end
            order by p.recorded_at, p.engineer, p.number
            limit :at_most
            for update of p skip locked
            """)
        .bind("max_age_days", maxAgeDays)
        .bind("at_most", atMost)
        .map(
            (row, _) ->
                Map.entry(row.getString("engineer"), UsageMapper.fromBytes(row.getBytes("line"))))
        .forEach(
            entry ->
                ready
                    .computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
                    .add(entry.getValue()));
    return ready;
  }

  void deleteWaiting(Handle handle, String engineer, List<Long> numbers) {
    handle
        .createUpdate(
            "delete from pending_line where engineer = :engineer and number = any (:numbers)")
        .bind("engineer", engineer)
        .bindArray("numbers", Long.class, numbers)
        .execute();
  }

  /** The lines of one person that wait, by number. */
  List<PendingLine> waiting(Handle handle, String engineer, int atMost) {
    return handle
        .createQuery(
            """
            select cause, recorded_at, line from pending_line
            where engineer = :engineer
            order by number
            limit :at_most
            """)
        .bind("engineer", engineer)
        .bind("at_most", atMost)
        .map(
            (row, _) -> {
              UsageLine line = UsageMapper.fromBytes(row.getBytes("line"));
              return new PendingLine(
                  line.number(),
                  PendingCause.valueOf(row.getString("cause")),
                  line.minute(),
                  line.list(),
                  row.getTimestamp("recorded_at").toInstant());
            })
        .list();
  }

  long countWaiting(Handle handle, String engineer) {
    return handle
        .createQuery("select count(*) from pending_line where engineer = :engineer")
        .bind("engineer", engineer)
        .mapTo(Long.class)
        .one();
  }

  /** How many lines wait in all. */
  long countWaiting(Handle handle) {
    return handle.createQuery("select count(*) from pending_line").mapTo(Long.class).one();
  }
}
