package dev.fourthpillar.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Time that passes only when a test says so. Safe to share between threads. */
public final class MutableClock implements InstantSource {

  private final AtomicReference<Instant> now;

  private MutableClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  public static MutableClock at(Instant start) {
    return new MutableClock(start);
  }

  /** {@code start} in ISO-8601, for example {@code 2026-11-21T00:00:00Z}. */
  public static MutableClock at(String start) {
    return at(Instant.parse(start));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Forward or back: real clocks are stepped back, too. */
  public void set(Instant instant) {
    now.set(instant);
  }

  /** Forward only; returns the new time. */
  public Instant advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "advance: %s (expected: >= PT0S; use set to step back)".formatted(duration));
    }
    return now.updateAndGet(instant -> instant.plus(duration));
  }
}
