package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.feed.FeedLog;
import dev.fourthpillar.backbone.feed.FeedSetup;
import dev.fourthpillar.backbone.feed.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
  static final Duration BACKOFF = Duration.ofMillis(200);

  /** Until a migration has made the feed, each look fails in the same way. */
  private static final Duration SAME_WARNING_AT_MOST_EVERY = Duration.ofMinutes(1);

  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final Jdbi dedicated;
  private final int bufferBytes;
  private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
  private final Complaint complaint = new Complaint(SAME_WARNING_AT_MOST_EVERY);
  private final LongAdder failures = new LongAdder();
  private final Thread thread;
  private volatile boolean stopped;
  private volatile Optional<State> state = Optional.empty();

  /**
   * What was read so far.
   *
   * @param completeUntil every event sequenced up to then is in the buffers or was there
   */
  record State(History history, Instant completeUntil, Map<Integer, TailBuffer> buffers) {

    /** A history of the feed, followed without a break: what a subscription is bound to. */
    record History(UUID epoch, long beginning) {}
  }

  /**
   * @param dedicated opens a connection per handle, outside any pool: LISTEN belongs to one
   */
  public FeedTail(Jdbi dedicated) {
    this(dedicated, BUFFER_BYTES);
  }

  FeedTail(Jdbi dedicated, int bufferBytes) {
    this.dedicated = dedicated;
    this.bufferBytes = bufferBytes;
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

  /** What was read so far; nothing can be subscribed to before the first look at the log. */
  State state() {
    return state.orElseThrow(
        () ->
            Failure.of(
                    Reason.STORAGE_UNAVAILABLE, "the feed was not read yet; nothing was delivered")
                .withRetryAfter(BACKOFF)
                .asException());
  }

  /** Rings this one whenever there is news. */
  void addListener(Runnable bell) {
    listeners.add(bell);
  }

  void removeListener(Runnable bell) {
    listeners.remove(bell);
  }

  private State startAt(FeedLog.Heads heads) {
    int bytesEach = bufferBytes / heads.partitions().size();
    long beginning = state.map(s -> s.history().beginning() + 1).orElse(0L);
    return new State(
        new State.History(heads.epoch(), beginning),
        heads.sequencedAt(),
        heads.partitions().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    FeedLog.Head::partition,
                    h -> new TailBuffer(bytesEach, h.position(), h.eventId()))));
  }

  private void run() {
    while (!stopped) {
      try (Handle handle = dedicated.open()) {
        handle.execute("set statement_timeout = '10s'");
        FeedSetup.preferIndexes(handle);
        handle.execute("listen feed");
        PGConnection connection = handle.getConnection().unwrap(PGConnection.class);
        while (!stopped) {
          refresh(handle);
          complaint.over();
          connection.getNotifications((int) LOOK_AT_LEAST_EVERY.toMillis());
        }
      } catch (Throwable e) {
        // Errors too: a feed without a tail is a silent one.
        if (!stopped) {
          failures.increment();
          if (complaint.isNews(e.toString(), System.nanoTime())) {
            LOG.warn("the feed's tail begins again every {}: {}", BACKOFF, e.toString());
          }
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
    Optional<State> before = state.filter(s -> continues(s, heads));
    if (before.isEmpty()) {
      LOG.info("following the feed of epoch {} from its heads", heads.epoch());
      state = Optional.of(startAt(heads));
      listeners.forEach(Runnable::run);
      return;
    }
    Map<Integer, TailBuffer> buffers = before.get().buffers();
    Map<Integer, Long> behind = behind(buffers, heads);
    boolean news = !behind.isEmpty();
    // Pruned by the last refresh's time: everything older was read then, because the log's times
    // never run backwards and a tick is visible as a whole.
    Instant since = before.get().completeUntil();
    while (!behind.isEmpty()) {
      List<StoredEvent> events = FeedLog.read(handle, behind, REFRESH_PER_PARTITION, since);
      if (events.isEmpty()) {
        throw new IllegalStateException("the log does not hold what its heads promise: " + behind);
      }
      events.stream()
          .collect(Collectors.groupingBy(StoredEvent::partition))
          .forEach((partition, next) -> buffers.get(partition).append(next));
      behind = behind(buffers, heads);
    }
    state = Optional.of(new State(before.get().history(), heads.sequencedAt(), buffers));
    if (news) {
      listeners.forEach(Runnable::run);
    }
  }

  /**
   * Whether the log is the one that was read so far and nothing between was dropped. A database
   * that was promoted while this process ran may have lost its last events, without a new epoch.
   */
  private static boolean continues(State before, FeedLog.Heads heads) {
    return before.history().epoch().equals(heads.epoch())
        && heads.partitions().stream()
            .allMatch(head -> before.buffers().get(head.partition()).continuesTo(head));
  }

  private static Map<Integer, Long> behind(Map<Integer, TailBuffer> buffers, FeedLog.Heads heads) {
    Map<Integer, Long> behind = new HashMap<>();
    for (FeedLog.Head head : heads.partitions()) {
      long last = buffers.get(head.partition()).last();
      if (last < head.position()) {
        behind.put(head.partition(), last);
      }
    }
    return behind;
  }

  @Override
  public void close() {
    stopped = true;
    try {
      if (!thread.join(STOP_WITHIN)) {
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
