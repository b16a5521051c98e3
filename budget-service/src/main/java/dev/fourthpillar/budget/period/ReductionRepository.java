package dev.fourthpillar.budget.period;

import dev.fourthpillar.budget.account.AccountCommand.By;
import dev.fourthpillar.budget.account.AccountId;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reductions of lots, to come and done. */
@Singleton
public final class ReductionRepository {

  /** Keeps one that is to come. */
  public void add(Handle handle, Reduction reduction) {
    handle
        .createUpdate(
            """
            insert into grant_reduction
              (engineer, reduction, currency, lot, nanos, effective_at, author, reason)
            values
              (:engineer, :reduction, :currency, :lot, :nanos, :effective, :author, :reason)
            """)
        .bind("engineer", reduction.account().engineer())
        .bind("reduction", reduction.id())
        .bind("currency", reduction.account().currency())
        .bind("lot", reduction.lot())
        .bind("nanos", reduction.nanos())
        .bind("effective", reduction.effective())
        .bind("author", reduction.by().author())
        .bind("reason", reduction.by().reason())
        .execute();
  }

  /** Those of a person that are to come, by time. */
  public List<Reduction> toCome(Handle handle, String engineer) {
    return handle
        .createQuery(
            """
            select reduction, currency, lot, nanos, effective_at, author, reason
            from grant_reduction
            where engineer = :engineer and taken_nanos is null
            order by effective_at, reduction
            """)
        .bind("engineer", engineer)
        .map(
            (row, _) ->
                new Reduction(
                    row.getString("reduction"),
                    new AccountId(engineer, row.getString("currency")),
                    row.getString("lot"),
                    row.getLong("nanos"),
                    row.getTimestamp("effective_at").toInstant(),
                    new By(row.getString("author"), row.getString("reason"))))
        .list();
  }

  /** It is done. */
  void taken(Handle handle, Reduction reduction, long nanos) {
    handle
        .createUpdate(
            """
            update grant_reduction set taken_nanos = :nanos
            where engineer = :engineer and reduction = :reduction
            """)
        .bind("nanos", nanos)
        .bind("engineer", reduction.account().engineer())
        .bind("reduction", reduction.id())
        .execute();
  }

  /**
   * Of these, which are by time, only so much is to come: the last ones are shortened first.
   *
   * @param by who wants it so
   * @return those that are other ones now; one of nothing is not to come any more
   */
  List<Reduction> keep(Handle handle, List<Reduction> toCome, long nanos, By by) {
    List<Reduction> changed = new ArrayList<>();
    long left = nanos;
    for (Reduction each : toCome) {
      long kept = Math.min(left, each.nanos());
      left -= kept;
      if (kept < each.nanos()) {
        changed.add(each.shortened(kept, by));
      }
      if (kept == 0) {
        handle
            .createUpdate(
                "delete from grant_reduction where engineer = :engineer and reduction = :reduction")
            .bind("engineer", each.account().engineer())
            .bind("reduction", each.id())
            .execute();
      } else if (kept < each.nanos()) {
        handle
            .createUpdate(
                """
                update grant_reduction set nanos = :nanos, author = :author, reason = :reason
                where engineer = :engineer and reduction = :reduction
                """)
            .bind("nanos", kept)
            .bind("author", by.author())
            .bind("reason", by.reason())
            .bind("engineer", each.account().engineer())
            .bind("reduction", each.id())
            .execute();
      }
    }
    return changed;
  }

  /** Nanos of a lot that an entitlement should have taken, and that were settled or held then. */
  long owed(Handle handle, AccountId account, String lot) {
    return handle
        .createQuery(
            """
            select coalesce(sum(nanos - taken_nanos), 0)::bigint
            from grant_reduction
            where engineer = :engineer and currency = :currency and lot = :lot
              and taken_nanos is not null and starts_with(reduction, :entitled)
            """)
        .bind("engineer", account.engineer())
        .bind("currency", account.currency())
        .bind("lot", lot)
        .bind("entitled", Reduction.ENTITLED)
        .mapTo(Long.class)
        .one();
  }

  /** Nanos that GrantService took of a person's lots, by account and lot with a space between. */
  Map<String, Long> taken(Handle handle, String engineer) {
    Map<String, Long> taken = new HashMap<>();
    handle
        .createQuery(
            """
            select currency, lot, sum(taken_nanos)::bigint as nanos
            from grant_reduction
            where engineer = :engineer and taken_nanos > 0 and not starts_with(reduction, :entitled)
            group by currency, lot
            """)
        .bind("engineer", engineer)
        .bind("entitled", Reduction.ENTITLED)
        .map(
            (row, _) ->
                Map.entry(
                    new AccountId(engineer, row.getString("currency")) + " " + row.getString("lot"),
                    row.getLong("nanos")))
        .forEach(entry -> taken.put(entry.getKey(), entry.getValue()));
    return taken;
  }
}
