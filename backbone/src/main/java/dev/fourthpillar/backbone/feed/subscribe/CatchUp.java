package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.feed.FeedLog;
import dev.fourthpillar.backbone.feed.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Jdbi;

/**
 * Reads of the log by subscriptions that are behind. Few at a time: after a restart all subscribers
 * come back at once, and the service's own calls need the pool more.
 */
final class CatchUp {
  /** Reads at the same time, of all subscriptions of this replica. */
  static final int MAX_READS = 3;

  private final Jdbi pool;
  private final Semaphore reads = new Semaphore(MAX_READS, true);

  CatchUp(Jdbi pool) {
    this.pool = pool;
  }

  List<StoredEvent> read(Map<Integer, Long> positions, int maxPerPartition) {
    reads.acquireUninterruptibly();
    try {
      return pool.inTransaction(
          handle -> {
            // Of this transaction only: the connection is the pool's.
            handle.execute("set local enable_seqscan = off");
            handle.execute("set local jit = off");
            handle.execute("set local statement_timeout = '10s'");
            return FeedLog.read(handle, positions, maxPerPartition, Instant.EPOCH);
          });
    } finally {
      reads.release();
    }
  }
}
