package dev.fourthpillar.comp.monthclose;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Which months of whom are decided. */
@Singleton
final class MonthCloseRepository {

  /** A person whose closed months are to be decided. */
  record Due(String engineer, Instant firstUsage) {}

  /**
   * The next person by id with a closed month that was not decided, or that was charged for since;
   * theirs alone until the transaction ends. Whoever is being charged or decided by another replica
   * is passed over.
   *
   * @param month the last month that may be closed for anybody, by its last day
   * @param chargedBefore what was charged for from here on lies in a month that is open everywhere
   */
  Optional<Due> next(Handle handle, String after, LocalDate month, Instant chargedBefore) {
    return handle
        .createQuery(
            """
            select p.engineer, p.first_usage
            from metered_position p
            left join month_close c on c.engineer = p.engineer
            where p.engineer > :after
              and p.first_usage < :charged_before
              and (c.month_end is null or c.month_end < :month or p.pending_from < :charged_before)
              -- A pseudonym is nobody, and who is not recorded yet has no zone.
              and exists (select 1 from engineer e where e.engineer = p.engineer)
            order by p.engineer
            limit 1
            for update of p skip locked
            """)
        .bind("after", after)
        .bind("month", month)
        .bind("charged_before", chargedBefore)
        .map(
            (row, _) ->
                new Due(row.getString("engineer"), row.getTimestamp("first_usage").toInstant()))
        .findOne();
  }

  /** The contract years, by their first day, of which it is known that the base was reached. */
  Set<LocalDate> reached(Handle handle, String engineer) {
    return new TreeSet<>(
        handle
            .createQuery("select period_start from salary_reached where engineer = :engineer")
            .bind("engineer", engineer)
            .mapTo(LocalDate.class)
            .list());
  }

  /** Keeps that the base was reached; false when it was known. */
  boolean keep(
      Handle handle, String engineer, LocalDate periodStart, LocalDate monthEnd, Instant now) {
    return handle
            .createUpdate(
                """
                insert into salary_reached (engineer, period_start, month_end, decided_at)
                values (:engineer, :period_start, :month_end, :now)
                on conflict do nothing
                """)
            .bind("engineer", engineer)
            .bind("period_start", periodStart)
            .bind("month_end", monthEnd)
            .bind("now", now)
            .execute()
        == 1;
  }

  /** Keeps up to where a person is decided. */
  void decided(Handle handle, String engineer, LocalDate monthEnd, Instant now) {
    handle
        .createUpdate("update metered_position set pending_from = null where engineer = :engineer")
        .bind("engineer", engineer)
        .execute();
    handle
        .createUpdate(
            """
            insert into month_close as kept (engineer, month_end, decided_at)
            values (:engineer, :month_end, :now)
            on conflict (engineer) do update
            set month_end = greatest(kept.month_end, excluded.month_end),
                decided_at = excluded.decided_at
            """)
        .bind("engineer", engineer)
        .bind("month_end", monthEnd)
        .bind("now", now)
        .execute();
  }
}
