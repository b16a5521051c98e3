package dev.fourthpillar.backbone.feed;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A doorbell: any number of rings while nobody listens are one ring. Each waiter remembers the last
 * ring it has heard, so that none is missed between looking and waiting.
 */
public final class Wake {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  private long rings;

  public void ring() {
    lock.lock();
    try {
      rings++;
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The number of rings so far; pass it to {@link #await} to wait for a later one. */
  public long heard() {
    lock.lock();
    try {
      return rings;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a ring after {@code heard}, at most this long. */
  public void await(long heard, Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long nanos = atMost.toNanos();
      while (rings == heard && nanos > 0) {
        nanos = rung.awaitNanos(Math.min(nanos, TimeUnit.HOURS.toNanos(1)));
      }
    } finally {
      lock.unlock();
    }
  }
}
