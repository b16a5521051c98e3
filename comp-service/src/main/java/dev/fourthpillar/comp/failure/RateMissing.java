package dev.fourthpillar.comp.failure;

import java.time.LocalDate;
import java.util.Currency;

/**
 * Two currencies meet and there is no quote for the pair, in either direction, on or before the
 * as-of date. Maps to FAILED_PRECONDITION: publishing a rate helps. Never a rate of 1.
 */
public final class RateMissing extends CompFailure {

  private final Currency from;
  private final Currency to;
  private final LocalDate asOf;

  public RateMissing(Currency from, Currency to, LocalDate asOf) {
    super(
        "no quote for %s to %s, nor for %s to %s, dated %s or earlier (expected: one of both)"
            .formatted(from, to, to, from, asOf));
    this.from = from;
    this.to = to;
    this.asOf = asOf;
  }

  public Currency from() {
    return from;
  }

  public Currency to() {
    return to;
  }

  public LocalDate asOf() {
    return asOf;
  }
}
