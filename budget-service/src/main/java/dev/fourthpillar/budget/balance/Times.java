package dev.fourthpillar.budget.balance;

import dev.fourthpillar.backbone.failure.Failure;
import java.time.Instant;
import java.util.Optional;

/**
 * Of when, and with what was known when, as a request asks.
 *
 * @param asOf empty = now
 * @param knownAt empty = now
 */
record Times(Optional<Instant> asOf, Optional<Instant> knownAt) {
  static final Times NOW = new Times(Optional.empty(), Optional.empty());

  Times {
    if (asOf.isPresent() && knownAt.isPresent() && knownAt.get().isBefore(asOf.get())) {
      throw Failure.invalidField("known_at", "must not be before as_of", "known_at.order")
          .asException();
    }
    if (asOf.isEmpty() && knownAt.isPresent()) {
      throw Failure.invalidField("known_at", "needs as_of", "known_at.as_of").asException();
    }
  }

  /** Whether the present answers it. */
  boolean isNow(Instant now) {
    return asOf.map(time -> !time.isBefore(now)).orElse(true);
  }

  /** Nothing that is not yet. */
  Instant asOf(Instant now) {
    return earlier(asOf, now);
  }

  /** Nothing that is not yet. */
  Instant knownAt(Instant now) {
    return earlier(knownAt, now);
  }

  private static Instant earlier(Optional<Instant> time, Instant now) {
    return time.filter(now::isAfter).orElse(now);
  }
}
