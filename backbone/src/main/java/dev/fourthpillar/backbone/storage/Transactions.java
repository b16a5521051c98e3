package dev.fourthpillar.backbone.storage;

import io.grpc.Context;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * One transaction around a piece of work: all of it or nothing.
 *
 * <p>A call whose caller went away or whose deadline passed leaves no effect: its running statement
 * is cancelled in the database, and a transaction that reached its end too late is rolled back
 * instead of committed. The thread is not interrupted, because an interrupt closes the socket under
 * the driver, and a burst of impatient callers would then cost every connection of the pool.
 */
@Singleton
public final class Transactions {
  private final Jdbi jdbi;
  private final StatementCanceller canceller;

  Transactions(Jdbi jdbi, StatementCanceller canceller) {
    this.jdbi = jdbi;
    this.canceller = canceller;
  }

  /** Runs the work in a new transaction, read committed, and commits it. */
  public <T> T run(Function<Handle, T> work) {
    Context call = Context.current();
    requireWanted(call);
    try (Handle handle = jdbi.open();
        StatementCanceller.Watch watch = canceller.watch(call, handle.getConnection())) {
      // It may have ended while this waited for a connection.
      requireWanted(call);
      handle.begin();
      T result;
      try {
        result = work.apply(handle);
        watch.end();
        requireWanted(call);
      } catch (Throwable thrown) {
        watch.end();
        rollback(handle, thrown);
        if (call.isCancelled()) {
          throw ended(call, thrown);
        }
        throw thrown;
      }
      commit(handle);
      return result;
    }
  }

  private static void requireWanted(Context call) {
    if (call.isCancelled()) {
      throw new CallEnded(call.cancellationCause());
    }
  }

  /** Whatever the end of the call made fail, that end is the reason. */
  private static CallEnded ended(Context call, Throwable thrown) {
    if (thrown instanceof CallEnded known) {
      return known;
    }
    CallEnded ended = new CallEnded(call.cancellationCause());
    ended.addSuppressed(thrown);
    return ended;
  }

  private static void rollback(Handle handle, Throwable because) {
    try {
      handle.rollback();
    } catch (RuntimeException alsoFailed) {
      // The connection is gone or will be closed; the server rolls back by itself.
      because.addSuppressed(alsoFailed);
    }
  }

  private static void commit(Handle handle) {
    try {
      handle.commit();
    } catch (JdbiException thrown) {
      if (thrown.getCause() instanceof SQLException sql && StorageFailures.isConnectionLoss(sql)) {
        throw new CommitInterrupted(thrown);
      }
      throw thrown;
    }
  }
}
