package dev.fourthpillar.backbone.repeat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A piece of work that is done again and again while the service runs, with a pause between. When
 * the service stops, the work under way is finished first, and only then what it needs is closed;
 * Micronaut's own schedule goes on while its beans are being closed.
 *
 * <p>Kept by a {@code @Context} bean whose {@code @PreDestroy} closes it. What fails is logged, and
 * done again after the pause, which doubles with each failure in a row up to 2 s.
 */
public final class Repeated implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Repeated.class);

  /** Less than the launcher leaves for closing everything (3 s): it would end the process. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

  /**
   * What cannot be done now, such as while a migration is awaited, is not asked for all the time.
   */
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);

  private final String name;
  private final Duration pause;
  private final Runnable work;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  private Repeated(String name, Duration first, Duration pause, Runnable work) {
    this.name = name;
    this.pause = pause;
    this.work = work;
    this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(first));
  }

  /** Begins at once. */
  public static Repeated start(String name, Duration pause, Runnable work) {
    return start(new Repeated(name, Duration.ZERO, pause, work));
  }

  /** Begins after the pause, for what there is nothing to do of when the service starts. */
  public static Repeated startAfterPause(String name, Duration pause, Runnable work) {
    return start(new Repeated(name, pause, pause, work));
  }

  private static Repeated start(Repeated repeated) {
    repeated.thread.start();
    return repeated;
  }

  private void run(Duration first) {
    try {
      boolean stopped = stop.await(first.toNanos(), TimeUnit.NANOSECONDS);
      Backoff retry = new Backoff(pause, LONGEST_RETRY);
      while (!stopped) {
        Duration next = pause;
        try {
          work.run();
          retry.reset();
        } catch (RuntimeException | Error e) {
          // An Error too: the service goes on, and so must its work.
          next = retry.next();
          LOG.warn("{} failed and is done again in {}", name, next, e);
        }
        stopped = stop.await(next.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      if (!thread.join(STOP_WITHIN)) {
        LOG.warn("{} did not end within {}", name, STOP_WITHIN);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
