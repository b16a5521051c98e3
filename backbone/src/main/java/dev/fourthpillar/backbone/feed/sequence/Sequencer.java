package dev.fourthpillar.backbone.feed.sequence;

import dev.fourthpillar.backbone.feed.FeedConfig;
import dev.fourthpillar.backbone.feed.FeedSetup;
import dev.fourthpillar.backbone.feed.Wake;
import dev.fourthpillar.backbone.repeat.Backoff;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns committed events into the feed's order, for as long as it runs. Every replica has one; an
 * election per tick lets one work at a time.
 *
 * <p>It holds a connection of its own, with short timeouts: a sequencer that hangs is thrown out by
 * the database within two seconds, and a pool that is used up delays no event.
 */
public final class Sequencer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);

  /** After so long without an event the sequencer looks for new ones less often. */
  private static final Duration IDLE_AFTER = Duration.ofSeconds(1);

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(2);
  private static final Duration VACUUM_INTERVAL = Duration.ofSeconds(1);
  private static final int VACUUM_AFTER_EVENTS = 500;
  private static final Duration MAINTENANCE_INTERVAL = Duration.ofHours(1);
  private static final Duration MAINTENANCE_RETRY = Duration.ofMinutes(1);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final Jdbi dedicated;
  private final FeedConfig config;
  private final Wake wake;
  private final Supplier<UUID> ids;
  private final LongAdder sequenced = new LongAdder();
  private final LongAdder coalesced = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final Thread thread;
  private volatile boolean stopped;

  /**
   * @param dedicated opens a connection per handle, outside any pool
   * @param wake rung when this process has committed an event
   * @param ids makes UUIDv7s, for the epoch of a feed that is not there yet
   */
  public Sequencer(Jdbi dedicated, FeedConfig config, Wake wake, Supplier<UUID> ids) {
    this.dedicated = dedicated;
    this.config = config;
    this.wake = wake;
    this.ids = ids;
    this.thread = Thread.ofPlatform().name("feed-sequencer").daemon().unstarted(this::run);
  }

  public Sequencer start() {
    thread.start();
    return this;
  }

  /** Events given a position by this process since it started. */
  public long sequenced() {
    return sequenced.sum();
  }

  /** Events that a later one of the same key replaced before they were given a position. */
  public long coalesced() {
    return coalesced.sum();
  }

  /** Ticks that ended in an error. */
  public long failures() {
    return failures.sum();
  }

  private void run() {
    Backoff backoff = new Backoff(FIRST_BACKOFF, LONGEST_BACKOFF);
    while (!stopped) {
      long before = sequenced.sum();
      try (Handle handle = dedicated.open()) {
        prepare(handle);
        handle.useTransaction(h -> FeedSetup.ensure(h, config.partitions(), ids));
        sequence(handle);
      } catch (InterruptedException _) {
        return;
      } catch (Throwable e) {
        // Errors too: a feed without a sequencer is a silent one.
        failures.increment();
        if (sequenced.sum() > before) {
          backoff.reset();
        }
        Duration wait = backoff.next();
        LOG.warn("the sequencer lost its connection or a tick failed; next try in {}", wait, e);
        pause(wait);
      }
    }
  }

  private void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException _) {
      stopped = true;
    }
  }

  /**
   * A stopped sequencer must not keep the fence: the server ends whatever does not go on. A
   * statement has longer, for a look may have to pass over rows that an old snapshot keeps.
   */
  static void prepare(Handle handle) {
    handle.execute("set statement_timeout = '10s'");
    handle.execute("set lock_timeout = '2s'");
    handle.execute("set idle_in_transaction_session_timeout = '2s'");
    handle.execute("set tcp_user_timeout = '2s'");
    FeedSetup.preferIndexes(handle);
  }

  private void sequence(Handle handle) throws InterruptedException {
    long nextMaintenance = System.nanoTime();
    long lastEvent = System.nanoTime();
    long nextVacuum = System.nanoTime();
    int unvacuumed = 0;
    while (!stopped) {
      long heard = wake.heard();
      int moved = tick(handle);
      if (moved > 0) {
        lastEvent = System.nanoTime();
      }
      unvacuumed += moved;
      if (unvacuumed >= VACUUM_AFTER_EVENTS && System.nanoTime() - nextVacuum >= 0) {
        vacuum(handle);
        unvacuumed = 0;
        nextVacuum = System.nanoTime() + VACUUM_INTERVAL.toNanos();
      }
      // After the tick, so that nothing that happens to old days can hold up new events.
      if (System.nanoTime() - nextMaintenance >= 0) {
        Duration next = maintain(handle) ? MAINTENANCE_INTERVAL : MAINTENANCE_RETRY;
        nextMaintenance = System.nanoTime() + next.toNanos();
      }
      if (moved == 0) {
        boolean idle = System.nanoTime() - lastEvent > IDLE_AFTER.toNanos();
        wake.await(heard, idle ? config.idlePollInterval() : config.pollInterval());
      } else if (moved < config.tickEvents()) {
        // What is written meanwhile goes with the next tick: its commit costs the writers theirs.
        Thread.sleep(config.tickInterval());
      }
    }
  }

  /** One look at the inbox, and a tick if there is something. Returns how many events it moved. */
  int tick(Handle handle) {
    boolean pending =
        handle.createQuery("select exists (select from feed_inbox)").mapTo(boolean.class).one();
    if (!pending) {
      return 0;
    }
    SequencerTick.Moved moved =
        handle.inTransaction(
            h ->
                SequencerTick.elected(h)
                    ? SequencerTick.move(h, config.tickEvents())
                    : SequencerTick.Moved.NOTHING);
    sequenced.add(moved.events() - moved.coalesced());
    coalesced.add(moved.coalesced());
    return moved.events();
  }

  /**
   * Each look passes over the rows that earlier ticks took, until they are vacuumed away;
   * autovacuum comes once a minute at best. Without the right to (grant maintain on feed_inbox) the
   * server only warns.
   */
  private static void vacuum(Handle handle) {
    handle.execute("vacuum (skip_locked, truncate off) feed_inbox");
  }

  /**
   * Makes the days to come and drops those gone by. Dropping needs the log for itself: it gives up
   * at once when somebody reads it, a backup for example, and is tried again.
   */
  private boolean maintain(Handle handle) {
    try {
      handle.useTransaction(FeedSetup::prepareDays);
      int dropped =
          handle.inTransaction(
              h -> {
                h.execute("set local lock_timeout = '100ms'");
                return h.createQuery(
                        "select feed_drop_before(now() - make_interval(secs => :seconds))")
                    .bind("seconds", config.retention().toSeconds())
                    .mapTo(int.class)
                    .one();
              });
      if (dropped > 0) {
        LOG.info("dropped {} days of events older than {}", dropped, config.retention());
      }
      return true;
    } catch (JdbiException e) {
      failures.increment();
      LOG.warn(
          "days of the feed could not be prepared or dropped; next try in {}: {}",
          MAINTENANCE_RETRY,
          e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    stopped = true;
    wake.ring();
    try {
      if (!thread.join(STOP_WITHIN)) {
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
