package dev.fourthpillar.budget.lot;

import java.math.BigInteger;

/**
 * How what is unused of a lot goes on after it: as a lot of its own, as far as both caps allow.
 *
 * @param percent of what was granted, 0 to 100
 * @param mostNanos {@link Long#MAX_VALUE} for no such cap
 * @param until the first minute in which the new lot does not pay
 * @param priority of the new lot
 */
public record Rollover(int percent, long mostNanos, long until, int priority) {
  private static final BigInteger HUNDRED = BigInteger.valueOf(100);

  public Rollover {
    if (percent < 0 || percent > 100 || mostNanos < 0) {
      throw new IllegalArgumentException(
          "rollover: %d percent, %d nanos (expected: 0 to 100, 0 or more)"
              .formatted(percent, mostNanos));
    }
  }

  /** Nanos that can go on at most of a lot of that amount; the percentage is rounded down. */
  public long cap(long amount) {
    BigInteger part =
        BigInteger.valueOf(amount).multiply(BigInteger.valueOf(percent)).divide(HUNDRED);
    return Math.min(part.longValueExact(), mostNanos);
  }
}
