package dev.fourthpillar.benchmarks;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Open-loop load: each step is due at a fixed time, and its latency counts from then, so that a
 * stall is charged to every step it delays.
 */
final class Pace {
  private Pace() {}

  /**
   * Runs steps at this rate for this long.
   *
   * @param step gets the {@link System#nanoTime} at which it was due
   */
  static void run(double perSecond, Duration length, LongConsumer step) {
    long interval = Math.round(1e9 / perSecond);
    long due = System.nanoTime();
    long end = due + length.toNanos();
    while (due < end) {
      long wait = due - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      } else {
        step.accept(due);
        due += interval;
      }
    }
  }
}
