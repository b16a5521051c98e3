package dev.fourthpillar.backbone.outcome;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of {@code frozen_outcome}. */
@Singleton
final class OutcomeRepository {
  /**
   * Makes the key ours until the transaction ends. False when a live outcome has it; a concurrent
   * transaction that has it too is waited for, which is what makes the same id happen once.
   */
  boolean claim(
      Handle handle, MutatingRequest request, Fingerprint print, Instant now, Instant end) {
    return handle
            .createUpdate(
                """
                insert into frozen_outcome as kept
                  (subject, method, request_id, salt, field_paths, field_digests, frozen_at, expires_at)
                values (:subject, :method, :requestId, :salt, :paths, :digests, :now, :end)
                on conflict (subject, request_id, method) do update
                  set salt = excluded.salt, field_paths = excluded.field_paths,
                      field_digests = excluded.field_digests, frozen_at = excluded.frozen_at,
                      expires_at = excluded.expires_at, answer = null, refusal = null
                  where kept.expires_at <= excluded.frozen_at
                """)
            .bind("subject", request.subject())
            .bind("method", request.method())
            .bind("requestId", request.requestId())
            .bind("salt", print.salt())
            .bindArray("paths", String.class, List.copyOf(print.digests().keySet()))
            .bindArray("digests", String.class, List.copyOf(print.digests().values()))
            .bind("now", now)
            .bind("end", end)
            .execute()
        == 1;
  }

  void freeze(
      Handle handle, MutatingRequest request, Optional<byte[]> answer, Optional<String> refusal) {
    handle
        .createUpdate(
            """
            update frozen_outcome
            set answer = :answer, refusal = cast(:refusal as jsonb)
            where subject = :subject and request_id = :requestId and method = :method
            """)
        .bind("answer", answer.orElse(null))
        .bind("refusal", refusal.orElse(null))
        .bind("subject", request.subject())
        .bind("method", request.method())
        .bind("requestId", request.requestId())
        .execute();
  }

  /** The live outcome that made {@link #claim} fail. */
  FrozenOutcome get(Handle handle, MutatingRequest request) {
    return handle
        .createQuery(
            """
            select salt, field_paths, field_digests, answer, refusal
            from frozen_outcome
            where subject = :subject and request_id = :requestId and method = :method
            """)
        .bind("subject", request.subject())
        .bind("method", request.method())
        .bind("requestId", request.requestId())
        .map(OutcomeRepository::toOutcome)
        .one();
  }

  /** Deletes expired outcomes, oldest first, passing over those another replica is deleting. */
  int deleteExpired(Handle handle, Instant now, int limit) {
    return handle
        .createUpdate(
            """
            delete from frozen_outcome
            where ctid = any (array(
              select ctid from frozen_outcome
              where expires_at <= :now
              order by expires_at
              limit :limit
              for update skip locked))
            """)
        .bind("now", now)
        .bind("limit", limit)
        .execute();
  }

  private static FrozenOutcome toOutcome(ResultSet row, StatementContext context)
      throws SQLException {
    String[] paths = (String[]) row.getArray("field_paths").getArray();
    String[] digests = (String[]) row.getArray("field_digests").getArray();
    SortedMap<String, String> byPath = new TreeMap<>();
    for (int i = 0; i < paths.length; i++) {
      byPath.put(paths[i], digests[i]);
    }
    return new FrozenOutcome(
        new Fingerprint(row.getString("salt"), byPath),
        Optional.ofNullable(row.getBytes("answer")),
        Optional.ofNullable(row.getString("refusal")));
  }
}
