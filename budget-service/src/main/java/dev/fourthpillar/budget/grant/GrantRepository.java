package dev.fourthpillar.budget.grant;

import dev.fourthpillar.budget.account.AccountCommand.By;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Who granted lots, and why. */
@Singleton
final class GrantRepository {

  void put(Handle handle, String engineer, String lot, By by, Instant now) {
    // A lot of that id that is closed is gone, and its id may be used again.
    handle
        .createUpdate(
            """
            insert into grant_issued (engineer, lot, author, reason, issued_at)
            values (:engineer, :lot, :author, :reason, :now)
            on conflict (engineer, lot) do update
            set author = excluded.author, reason = excluded.reason, issued_at = excluded.issued_at
            """)
        .bind("engineer", engineer)
        .bind("lot", lot)
        .bind("author", by.author())
        .bind("reason", by.reason())
        .bind("now", now)
        .execute();
  }

  /** Of a person's lots, by lot. */
  Map<String, By> of(Handle handle, String engineer) {
    return handle
        .createQuery("select lot, author, reason from grant_issued where engineer = :engineer")
        .bind("engineer", engineer)
        .map(
            (row, _) ->
                Map.entry(
                    row.getString("lot"), new By(row.getString("author"), row.getString("reason"))))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
