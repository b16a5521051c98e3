package dev.fourthpillar.backbone.drain;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The long streams of this replica, so that a drain can end each of them with its cursor instead of
 * cutting it.
 */
@Singleton
public final class OpenStreams {
  private static final Logger LOG = LoggerFactory.getLogger(OpenStreams.class);

  private final Set<Registration> open = new HashSet<>();
  private boolean draining;

  /** What a stream that the drain ends is answered with. */
  public static Failure draining() {
    return Failure.of(Reason.DRAINING, "this replica is draining; connect to another");
  }

  /**
   * Registers a stream.
   *
   * @param end ends the stream with its cursor and {@link #draining()}; called at most once, on a
   *     thread of its own
   * @return to be closed when the stream ends by itself
   * @throws dev.fourthpillar.backbone.failure.FailureException DRAINING when streams are already
   *     being ended
   */
  public synchronized Registration register(Runnable end) {
    if (draining) {
      throw draining().asException();
    }
    Registration registration = new Registration(end);
    open.add(registration);
    return registration;
  }

  /** How many streams are open. */
  public synchronized int count() {
    return open.size();
  }

  /** Ends all streams, and waits for the callbacks at most that long. */
  void endAll(Duration wait) throws InterruptedException {
    List<Registration> ending = startDraining();
    CountDownLatch ended = new CountDownLatch(ending.size());
    for (Registration stream : ending) {
      Thread.ofVirtual().name("stream-end").start(() -> end(stream, ended));
    }
    if (!ended.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn("{} streams did not end within {}; they will be cut", ended.getCount(), wait);
    }
  }

  private synchronized List<Registration> startDraining() {
    draining = true;
    List<Registration> ending = new ArrayList<>(open);
    open.clear();
    return ending;
  }

  private static void end(Registration stream, CountDownLatch ended) {
    try {
      stream.end.run();
    } catch (RuntimeException e) {
      LOG.warn("a stream could not be ended with its cursor; it will be cut", e);
    } finally {
      ended.countDown();
    }
  }

  /** A stream that is open until this is closed. */
  public final class Registration implements AutoCloseable {
    private final Runnable end;

    private Registration(Runnable end) {
      this.end = end;
    }

    @Override
    public void close() {
      synchronized (OpenStreams.this) {
        open.remove(this);
      }
    }
  }
}
