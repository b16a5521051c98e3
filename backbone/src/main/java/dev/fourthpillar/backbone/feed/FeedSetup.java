package dev.fourthpillar.backbone.feed;

import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Brings a database's feed into being, and the history it has into doubt when it was restored. */
public final class FeedSetup {
  private FeedSetup() {}

  /**
   * Creates the feed's row and heads if the database has none, and the log's tables of the next
   * days.
   *
   * @throws IllegalStateException when the database's feed has another number of partitions: keys
   *     would change their partition, and with it their order
   */
  public static void ensure(Jdbi jdbi, int partitions, Supplier<UUID> ids) {
    jdbi.useTransaction(handle -> ensure(handle, partitions, ids));
  }

  /** The same in the caller's transaction. */
  public static void ensure(Handle handle, int partitions, Supplier<UUID> ids) {
    handle
        .createUpdate(
            """
            insert into feed (epoch, partition_count, sequenced_at)
            values (:epoch, :partitions, clock_timestamp())
            on conflict do nothing
            """)
        .bind("epoch", ids.get())
        .bind("partitions", partitions)
        .execute();
    int existing =
        handle.createQuery("select partition_count from feed for update").mapTo(int.class).one();
    if (existing != partitions) {
      throw new IllegalStateException(
          "fourthpillar.feed.partitions: %d (expected: %d, with which this feed was created; it never changes)"
              .formatted(partitions, existing));
    }
    handle
        .createUpdate(
            """
            insert into feed_head (partition)
            select generate_series(0, :partitions - 1)
            on conflict do nothing
            """)
        .bind("partitions", partitions)
        .execute();
    prepareDays(handle);
  }

  /** Creates the log's tables of today and the next {@value #DAYS_AHEAD} days. */
  public static void prepareDays(Handle handle) {
    handle
        .createQuery("select feed_prepare_days(:days)")
        .bind("days", DAYS_AHEAD)
        .mapTo(String.class)
        .one();
  }

  /**
   * Enough that a sequencer which cannot create tables for a weekend still has somewhere to write.
   */
  private static final int DAYS_AHEAD = 3;

  /**
   * For sessions that only ever read the feed in the order of an index: its tables go from empty to
   * millions of rows faster than their statistics follow, and a plan made for the empty one reads
   * them whole each time.
   */
  public static void preferIndexes(Handle handle) {
    handle.execute("set enable_seqscan = off");
    // Ticks are short and many; compiling one would take longer than running it.
    handle.execute("set jit = off");
  }

  /**
   * Declares that the feed's history may not be the one consumers have seen: to be called once
   * after a restore from a copy or the promotion of a replica that may have lagged, before the
   * service is started. Every cursor taken before is refused as diverged from then on.
   */
  public static UUID beginEpoch(Handle handle, UUID epoch) {
    handle.createUpdate("update feed set epoch = :epoch").bind("epoch", epoch).execute();
    handle.execute("notify feed");
    return epoch;
  }
}
