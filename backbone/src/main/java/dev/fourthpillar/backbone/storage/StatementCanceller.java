package dev.fourthpillar.backbone.storage;

import com.zaxxer.hikari.HikariDataSource;
import io.grpc.Context;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels the statement that a transaction is waiting for when its call ends, so that locks and the
 * connection are free at once and not after the statement timeout.
 *
 * <p>PostgreSQL cancels whatever the connection runs when the signal arrives, which might be the
 * next borrower's statement. So a connection that was once cancelled leaves the pool.
 */
@Singleton
final class StatementCanceller {
  private static final Logger LOG = LoggerFactory.getLogger(StatementCanceller.class);

  /** Between two cancels of a transaction that goes on; a statement takes that long to notice. */
  private static final long RETRY_MILLIS = 50;

  private final DataSource pool;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("cancel-", 0).factory());

  StatementCanceller(DataSource pool) {
    this.pool = pool;
  }

  @PreDestroy
  void close() {
    threads.close();
  }

  Watch watch(Context call, Connection connection) {
    Watch watch = new Watch(call, connection);
    call.addListener(watch, threads);
    return watch;
  }

  /** Watches one transaction. */
  final class Watch implements Context.CancellationListener, AutoCloseable {
    private final Context call;
    private final Connection connection;
    private boolean ended;
    private boolean cancelled;

    private Watch(Context call, Connection connection) {
      this.call = call;
      this.connection = connection;
    }

    /**
     * Cancels until the work is done: PostgreSQL forgets a cancel that arrives between two
     * statements, and the next one might wait for a lock for ever.
     */
    @Override
    public synchronized void cancelled(Context context) {
      while (!ended) {
        cancelled = true;
        try {
          connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException e) {
          LOG.debug("the statement could not be cancelled; next try", e);
        }
        try {
          wait(RETRY_MILLIS);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }

    /** The work is done: from here on nothing is cancelled, least of all the commit. */
    synchronized void end() {
      ended = true;
      notifyAll();
    }

    @Override
    public void close() {
      end();
      call.removeListener(this);
      if (wasCancelled() && pool instanceof HikariDataSource hikari) {
        hikari.evictConnection(connection);
      }
    }

    private synchronized boolean wasCancelled() {
      return cancelled;
    }
  }
}
