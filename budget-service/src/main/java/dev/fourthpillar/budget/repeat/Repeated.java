package dev.fourthpillar.budget.repeat;

import dev.fourthpillar.backbone.feed.Wake;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A piece of work that is done again and again while the service runs, with a pause between. When
 * the service stops, the work under way is finished first, and only then what it needs is closed;
 * Micronaut's own schedule goes on while its beans are being closed.
 */
public final class Repeated implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Repeated.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final String name;
  private final Duration pause;
  private final Runnable work;
  private final Wake wake = new Wake();
  private final Thread thread;
  private volatile boolean stopped;

  private Repeated(String name, Duration pause, Runnable work) {
    this.name = name;
    this.pause = pause;
    this.work = work;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /** Begins at once. What fails is logged, and done again after the pause. */
  public static Repeated start(String name, Duration pause, Runnable work) {
    Repeated repeated = new Repeated(name, pause, work);
    repeated.thread.start();
    return repeated;
  }

  private void run() {
    try {
      while (!stopped) {
        long heard = wake.heard();
        try {
          work.run();
        } catch (RuntimeException e) {
          LOG.warn("{} failed and is done again in {}: {}", name, pause, e.toString());
        }
        if (!stopped) {
          wake.await(heard, pause);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopped = true;
    wake.ring();
    try {
      if (!thread.join(STOP_WITHIN)) {
        LOG.warn("{} did not end within {}", name, STOP_WITHIN);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
