package dev.fourthpillar.budget.enforcement;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The holds that are open, all engineers' together.
 *
 * @param oldest when the first of them was made; empty without any
 * @param firstEnd when the first of them ends, or should have ended
 */
record OpenHolds(long count, Optional<Instant> oldest, Optional<Instant> firstEnd) {
  static final OpenHolds NONE = new OpenHolds(0, Optional.empty(), Optional.empty());

  /** Of the oldest; zero without any. */
  Duration age(Instant now) {
    return since(oldest, now);
  }

  /** How long ago the first should have ended; zero when none should have. */
  Duration overdue(Instant now) {
    return since(firstEnd, now);
  }

  private static Duration since(Optional<Instant> then, Instant now) {
    return then.filter(now::isAfter).map(at -> Duration.between(at, now)).orElse(Duration.ZERO);
  }
}
