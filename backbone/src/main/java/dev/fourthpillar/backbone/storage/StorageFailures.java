package dev.fourthpillar.backbone.storage;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;

/**
 * What a failure of the database means to a caller. The difference that counts is whether something
 * may have been applied: before the commit nothing was, during the commit nobody knows.
 */
public final class StorageFailures {
  /** SQLSTATE class 08: the connection could not be made or broke. */
  private static final String CONNECTION_CLASS = "08";

  /** admin_shutdown, crash_shutdown, cannot_connect_now: the server is going or coming. */
  private static final Set<String> SERVER_GONE = Set.of("57P01", "57P02", "57P03");

  /**
   * Classes 53 (out of connections, disk or memory) and 58 (I/O error): an operator's problem, and
   * over when it is solved.
   */
  private static final Set<String> NO_RESOURCES = Set.of("53", "58");

  /** read_only_sql_transaction: a failover left us on what is now a standby. */
  private static final String READ_ONLY = "25006";

  /** serialization_failure, deadlock_detected, lock_not_available. */
  private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "55P03");

  /** query_canceled: the statement timeout, or the end of the call that asked. */
  private static final String CANCELLED = "57014";

  private static final int MAX_CAUSES = 20;

  private StorageFailures() {}

  /** The failure, if the database is what failed; a defect of ours (wrong SQL) is not one. */
  public static Optional<Failure> find(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
      switch (cause) {
        case CommitInterrupted _ -> {
          return Optional.of(
              Failure.of(
                  Reason.OUTCOME_UNKNOWN,
                  "the database did not confirm the commit; retry with the same request_id"));
        }
        case SQLTransientConnectionException pool when pool.getCause() == null -> {
          // Hikari waited for a connection, and the last attempt to make one did not fail: the pool
          // is busy, the database is well.
          return Optional.of(
              Failure.of(Reason.OVERLOADED, "no database connection became free; retry later")
                  .with("limit", "database_connections"));
        }
        case SQLException sql -> {
          return find(sql);
        }
        case ConnectionException _ -> {
          // The SQLException is its cause.
        }
        default -> {
          // Somebody's wrapper.
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Failure> find(SQLException sql) {
    String state = sql.getSQLState() == null ? "" : sql.getSQLState();
    if (isConnectionLoss(sql) || NO_RESOURCES.contains(classOf(state)) || READ_ONLY.equals(state)) {
      return Optional.of(
          Failure.of(
              Reason.STORAGE_UNAVAILABLE,
              "the database is not reachable or cannot write; nothing was applied"));
    }
    if (CONFLICTS.contains(state)) {
      return Optional.of(
          Failure.of(Reason.CONFLICTING_CHANGE, "two changes met and this one gave way; retry"));
    }
    if (CANCELLED.equals(state)) {
      return Optional.of(
          Failure.of(
              Reason.DEADLINE_PASSED,
              "no outcome within the deadline; retry with the same request_id"));
    }
    return Optional.empty();
  }

  /** Whether the connection broke, so that nobody knows what the server did last. */
  static boolean isConnectionLoss(SQLException sql) {
    String state = sql.getSQLState() == null ? "" : sql.getSQLState();
    return classOf(state).equals(CONNECTION_CLASS)
        || SERVER_GONE.contains(state)
        || sql instanceof SQLTransientConnectionException
        || (state.isEmpty() && sql.getCause() instanceof IOException);
  }

  private static String classOf(String state) {
    return state.length() < 2 ? "" : state.substring(0, 2);
  }
}
