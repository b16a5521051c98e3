package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.money.Amount;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Entitlements as they were told, the periods opened for them, and what is due when. */
@Singleton
final class PeriodRepository {

  /** Keeps the timeline unless a later one is there; returns whether it did. */
  boolean putEntitlement(Handle handle, String engineer, long version, byte[] timeline) {
    return handle
            .createUpdate(
                """
                insert into entitlement as e (engineer, version, timeline)
                values (:engineer, :version, :timeline)
                on conflict (engineer) do update
                set version = excluded.version, timeline = excluded.timeline
                where e.version < excluded.version
                """)
            .bind("engineer", engineer)
            .bind("version", version)
            .bind("timeline", timeline)
            .execute()
        == 1;
  }

  /** The timelines of these people; who has none is not in it. */
  Map<String, byte[]> entitlements(Handle handle, Collection<String> engineers) {
    Map<String, byte[]> timelines = new HashMap<>();
    handle
        .createQuery("select engineer, timeline from entitlement where engineer = any (:engineers)")
        .bindArray("engineers", String.class, List.copyOf(engineers))
        .map((row, _) -> Map.entry(row.getString("engineer"), row.getBytes("timeline")))
        .forEach(entry -> timelines.put(entry.getKey(), entry.getValue()));
    return timelines;
  }

  /** The periods of one plan, by first day. */
  List<Period> periods(Handle handle, String engineer, String plan) {
    return handle
        .createQuery(
            """
            select plan, first_day, last_day, time_zone, start_time, end_time
            from budget_period
            where engineer = :engineer and plan = :plan
            order by first_day
            """)
        .bind("engineer", engineer)
        .bind("plan", plan)
        .map((row, _) -> period(row))
        .list();
  }

  /** Opens a period; one that was opened stays as it is. */
  void open(Handle handle, String engineer, Period period) {
    handle
        .createUpdate(
            """
            insert into budget_period
              (engineer, plan, first_day, last_day, time_zone, start_time, end_time)
            values (:engineer, :plan, :first_day, :last_day, :zone, :start, :end)
            on conflict do nothing
            """)
        .bind("engineer", engineer)
        .bind("plan", period.plan())
        .bind("first_day", period.firstDay())
        .bind("last_day", period.lastDay())
        .bind("zone", period.zone().getId())
        .bind("start", period.start())
        .bind("end", period.end())
        .execute();
  }

  Optional<Amount> value(
      Handle handle, String engineer, String segment, LocalDate firstDay, byte[] contentHash) {
    return handle
        .createQuery(
            """
            select currency, nanos
            from period_value
            where engineer = :engineer and segment = :segment and first_day = :first_day
              and content_hash = :content_hash
            """)
        .bind("engineer", engineer)
        .bind("segment", segment)
        .bind("first_day", firstDay)
        .bind("content_hash", contentHash)
        .map((row, _) -> new Amount(row.getString("currency"), row.getLong("nanos")))
        .findOne();
  }

  void putValue(
      Handle handle,
      String engineer,
      String segment,
      LocalDate firstDay,
      byte[] contentHash,
      Worth worth) {
    handle
        .createUpdate(
            """
            insert into period_value
              (engineer, segment, first_day, content_hash, currency, nanos, book_id, fx_rate_id)
            values
              (:engineer, :segment, :first_day, :content_hash, :currency, :nanos, :book, :quote)
            on conflict (engineer, segment, first_day) do update
            set content_hash = excluded.content_hash, currency = excluded.currency,
                nanos = excluded.nanos, book_id = excluded.book_id, fx_rate_id = excluded.fx_rate_id
            """)
        .bind("engineer", engineer)
        .bind("segment", segment)
        .bind("first_day", firstDay)
        .bind("content_hash", contentHash)
        .bind("currency", worth.amount().currency())
        .bind("nanos", worth.amount().nanos())
        .bind("book", worth.bookId().orElse(null))
        .bind("quote", worth.quoteId().orElse(null))
        .execute();
  }

  void putDue(Handle handle, String engineer, Instant due, boolean waiting) {
    handle
        .createUpdate(
            """
            insert into period_due (engineer, due_at, waiting) values (:engineer, :due, :waiting)
            on conflict (engineer) do update
            set due_at = excluded.due_at, waiting = excluded.waiting
            """)
        .bind("engineer", engineer)
        .bind("due", due)
        .bind("waiting", waiting)
        .execute();
  }

  /**
   * Nothing is published while this transaction looks for values. Without it, one could be
   * published after it has looked and before it says that it waits, and nobody would tell it. To be
   * called before anything is locked.
   */
  void holdOffPublishing(Handle handle) {
    handle
        .createQuery("select pg_advisory_xact_lock_shared(hashtextextended('period/values', 0))")
        .mapTo(String.class)
        .one();
  }

  /**
   * A price or a rate was published in this transaction: whoever waits for one is looked at again.
   * Those who are looking now end first.
   */
  void waitingAreDue(Handle handle, Instant now) {
    handle
        .createQuery("select pg_advisory_xact_lock(hashtextextended('period/values', 0))")
        .mapTo(String.class)
        .one();
    handle
        .createUpdate("update period_due set due_at = :now where waiting and due_at > :now")
        .bind("now", now)
        .execute();
  }

  /**
   * Whoever this may be the plan of is looked at next: by assignment, or because their entitlements
   * have its name somewhere.
   */
  void usersAreDue(Handle handle, String plan, Instant now) {
    handle
        .createUpdate(
            """
            insert into period_due (engineer, due_at, waiting)
            select engineer, :now, false from (
              select engineer from plan_assignment where plan = :plan
              union
              select engineer from entitlement
              where position(convert_to(:plan, 'UTF8') in timeline) > 0) users
            order by engineer
            on conflict (engineer) do update
            set due_at = least(period_due.due_at, excluded.due_at)
            """)
        .bind("plan", plan)
        .bind("now", now)
        .execute();
  }

  /** When something of these people's is due; who is not in it was never looked at. */
  Map<String, Instant> due(Handle handle, Collection<String> engineers) {
    Map<String, Instant> due = new HashMap<>();
    handle
        .createQuery("select engineer, due_at from period_due where engineer = any (:engineers)")
        .bindArray("engineers", String.class, List.copyOf(engineers))
        .map(
            (row, _) ->
                Map.entry(row.getString("engineer"), row.getTimestamp("due_at").toInstant()))
        .forEach(entry -> due.put(entry.getKey(), entry.getValue()));
    return due;
  }

  /**
   * Of which of these people something is due, locked until the transaction ends, before any
   * account is: the scheduler does it in this order, too.
   */
  List<String> lockDueOf(Handle handle, Collection<String> engineers, Instant now) {
    return handle
        .createQuery(
            """
            select engineer from period_due
            where engineer = any (:engineers) and due_at <= :now
            order by engineer
            for update
            """)
        .bindArray("engineers", String.class, List.copyOf(engineers))
        .bind("now", now)
        .mapTo(String.class)
        .list();
  }

  /** Of whom something is due, locked until the transaction ends; nobody another replica has. */
  List<String> lockDue(Handle handle, Instant now, int atMost) {
    return handle
        .createQuery(
            """
            select engineer from period_due
            where due_at <= :now
            order by due_at, engineer
            limit :at_most
            for update skip locked
            """)
        .bind("now", now)
        .bind("at_most", atMost)
        .mapTo(String.class)
        .list();
  }

  private static Period period(ResultSet row) throws SQLException {
    return new Period(
        row.getString("plan"),
        row.getObject("first_day", LocalDate.class),
        row.getObject("last_day", LocalDate.class),
        ZoneId.of(row.getString("time_zone")),
        row.getTimestamp("start_time").toInstant(),
        row.getTimestamp("end_time").toInstant());
  }
}
