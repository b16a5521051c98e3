package dev.fourthpillar.cli.demo;

import dev.fourthpillar.cli.suite.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Kills processes of the suite (SIGKILL) at the points that were asked for, and starts them again
 * while the story goes on. One at a time: the story comes to the next point when the last victim is
 * back.
 */
final class Kills implements IntConsumer, AutoCloseable {
  private final Suite suite;
  private final List<KillPoint> points;
  private final Narrator narrator;
  private final ScheduledExecutorService hand =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("kills").factory());
  private final List<Future<?>> coming = new ArrayList<>();

  Kills(Suite suite, List<KillPoint> points, Narrator narrator) {
    this.suite = suite;
    this.points = points;
    this.narrator = narrator;
  }

  @Override
  public void accept(int step) {
    for (KillPoint point : points) {
      if (point.step() == step) {
        awaitStruck();
        coming.add(
            hand.schedule(() -> strike(point), point.delay().toNanos(), TimeUnit.NANOSECONDS));
      }
    }
  }

  private void strike(KillPoint point) {
    try {
      point.victim().kill9(suite);
      narrator.say("Killed (SIGKILL): " + point);
      Pause.of(point.away());
      point.victim().restart(suite);
      narrator.say(point.victim() + " is back.");
    } catch (RuntimeException e) {
      // The story may fail of it before anybody asks.
      narrator.say(point.victim() + " did not come back: " + e.getMessage());
      throw e;
    }
  }

  /**
   * Returns when everything that was killed answers again.
   *
   * @throws DemoException when a point was not come to, or something did not start again
   */
  void awaitBack() {
    if (coming.size() != points.size()) {
      throw new DemoException(
          "the story came to %d of the points %s (expected: to all)"
              .formatted(coming.size(), points));
    }
    awaitStruck();
  }

  private void awaitStruck() {
    for (Future<?> strike : coming) {
      try {
        strike.get();
      } catch (ExecutionException e) {
        throw new DemoException("a kill failed", e.getCause());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new DemoException("interrupted");
      }
    }
  }

  @Override
  public void close() {
    hand.shutdownNow();
  }
}
