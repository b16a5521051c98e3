package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.feed.FeedLog;
import dev.fourthpillar.backbone.feed.StoredEvent;
import dev.fourthpillar.backbone.feed.Wake;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the end of the log for all subscribers of this replica: woken by the sequencer's NOTIFY,
 * and looking by itself once a second in case one was lost with a connection.
 */
public final class FeedTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FeedTail.class);

  /** Memory for the newest events of the whole feed, shared out evenly over its partitions. */
  static final int BUFFER_BYTES = 64 * 1024 * 1024;

  /** Events that one refresh takes from each partition at most; more come with the next one. */
  private static final int REFRESH_PER_PARTITION = 2_000;

  private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(1);
  private static final Duration BACKOFF = Duration.ofMillis(200);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final Jdbi dedicated;
  private final Wake changed = new Wake();
  private final LongAdder failures = new LongAdder();
  private final Thread thread;
  private volatile boolean stopped;
  private volatile State state;

  /**
   * What was read so far.
   *
   * @param completeUntil every event sequenced up to then is in the buffers or was there
   */
  record State(UUID epoch, Instant completeUntil, Map<Integer, TailBuffer> buffers) {}

  /**
   * @param dedicated opens a connection per handle, outside any pool: LISTEN belongs to one
   */
  public FeedTail(Jdbi dedicated) {
    this.dedicated = dedicated;
    this.state = dedicated.withHandle(FeedTail::startAtHeads);
    this.thread = Thread.ofPlatform().name("feed-tail").daemon().unstarted(this::run);
  }

  public FeedTail start() {
    thread.start();
    return this;
  }

  /** Refreshes that ended in an error. */
  public long failures() {
    return failures.sum();
  }

  State state() {
    return state;
  }

  Wake changed() {
    return changed;
  }

  private static State startAtHeads(Handle handle) {
    FeedLog.Heads heads = FeedLog.heads(handle);
    int bytesEach = BUFFER_BYTES / heads.partitions().size();
    return new State(
        heads.epoch(),
        heads.sequencedAt(),
        heads.partitions().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    FeedLog.Head::partition, h -> new TailBuffer(bytesEach, h.position()))));
  }

  private void run() {
    while (!stopped) {
      try (Handle handle = dedicated.open()) {
        handle.execute("set statement_timeout = '10s'");
        handle.execute("listen feed");
        PGConnection connection = handle.getConnection().unwrap(PGConnection.class);
        while (!stopped) {
          refresh(handle);
          connection.getNotifications((int) LOOK_AT_LEAST_EVERY.toMillis());
        }
      } catch (Exception e) {
        if (!stopped) {
          failures.increment();
          LOG.warn("the feed's tail lost its connection; next try in {}", BACKOFF, e);
          sleep();
        }
      }
    }
  }

  private void sleep() {
    try {
      TimeUnit.NANOSECONDS.sleep(BACKOFF.toNanos());
    } catch (InterruptedException _) {
      stopped = true;
    }
  }

  /**
   * One look at the log. Only ever by one thread: the tail itself, or a test that never starts it.
   */
  void refresh(Handle handle) {
    FeedLog.Heads heads = FeedLog.heads(handle);
    if (!heads.epoch().equals(state.epoch())) {
      LOG.info("the feed began epoch {}", heads.epoch());
      state = startAtHeads(handle);
      changed.ring();
      return;
    }
    Map<Integer, Long> behind = behind(heads);
    boolean news = !behind.isEmpty();
    // Pruned by the last refresh's time: everything older was read then, because the log's times
    // never run backwards and a tick is visible as a whole.
    Instant since = state.completeUntil();
    while (!behind.isEmpty()) {
      List<StoredEvent> events = FeedLog.read(handle, behind, REFRESH_PER_PARTITION, since);
      if (events.isEmpty()) {
        throw new IllegalStateException("the log does not hold what its heads promise: " + behind);
      }
      events.stream()
          .collect(Collectors.groupingBy(StoredEvent::partition))
          .forEach((partition, next) -> state.buffers().get(partition).append(next));
      behind = behind(heads);
    }
    state = new State(state.epoch(), heads.sequencedAt(), state.buffers());
    if (news) {
      changed.ring();
    }
  }

  private Map<Integer, Long> behind(FeedLog.Heads heads) {
    Map<Integer, Long> behind = new HashMap<>();
    for (FeedLog.Head head : heads.partitions()) {
      long last = state.buffers().get(head.partition()).last();
      if (last < head.position()) {
        behind.put(head.partition(), last);
      }
    }
    return behind;
  }

  @Override
  public void close() {
    stopped = true;
    changed.ring();
    try {
      if (!thread.join(STOP_WITHIN)) {
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
