package dev.fourthpillar.benchmarks.suite;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Callers on virtual threads. */
final class Load {
  /**
   * An open loop that falls behind piles up calls: past this many it waits, and the delay counts.
   */
  private static final int MAX_IN_FLIGHT = 4_096;

  private Load() {}

  /** One step of a caller. */
  interface Step {
    void run(int caller);
  }

  /** Closed loop: each answer is followed by the next call. Returns steps per second. */
  static double closed(int callers, Duration length, Step step) {
    AtomicLong done = new AtomicLong();
    long begin = System.nanoTime();
    long end = begin + length.toNanos();
    onThreads(
        callers,
        caller -> {
          while (System.nanoTime() < end) {
            step.run(caller);
            done.incrementAndGet();
          }
        });
    return done.get() / ((System.nanoTime() - begin) / 1e9);
  }

  /**
   * Open loop: each step is due at a fixed time and has a thread of its own; its latency counts
   * from when it was due.
   */
  static Histogram open(double perSecond, Duration length, Step step) {
    Recorder recorder = new Recorder(3);
    long interval = Math.round(1e9 / perSecond);
    long begin = System.nanoTime();
    int steps = (int) (length.toNanos() / interval);
    Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < steps; i++) {
        long due = begin + i * interval;
        long wait = due - System.nanoTime();
        if (wait > 0) {
          LockSupport.parkNanos(wait);
        }
        inFlight.acquireUninterruptibly();
        int number = i;
        threads.execute(
            () -> {
              try {
                step.run(number);
                recorder.recordValue(System.nanoTime() - due);
              } finally {
                inFlight.release();
              }
            });
      }
    }
    return recorder.getIntervalHistogram();
  }

  /** Runs a step for each number below {@code callers}, all at once, and waits for all. */
  static void onThreads(int callers, Step step) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<?> each :
          IntStream.range(0, callers)
              .mapToObj(caller -> threads.submit(() -> step.run(caller)))
              .toList()) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a caller failed", e.getCause());
    }
  }
}
