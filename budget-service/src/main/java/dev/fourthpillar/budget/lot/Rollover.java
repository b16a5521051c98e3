package dev.fourthpillar.budget.lot;

import java.math.BigInteger;
import java.util.OptionalInt;

/**
 * How what is unused of a lot goes on after it: as a lot of its own, as far as both caps allow.
 *
 * @param percent of what was granted, 0 to 100
 * @param mostNanos {@link Long#MAX_VALUE} for no such cap
 * @param until the first minute in which the new lot does not pay
 * @param priority of the new lot
 * @param portable at the end of an employment: only so many millionths of a percent of what is
 *     unused go on, and pay for nothing; the rest is revoked
 */
public record Rollover(
    int percent, long mostNanos, long until, int priority, OptionalInt portable) {
  /** All of it, in millionths of a percent. */
  public static final int WHOLE = 100_000_000;

  private static final BigInteger HUNDRED = BigInteger.valueOf(100);
  private static final int PRIORITY = 100;

  /** Of a period to later ones. */
  public Rollover(int percent, long mostNanos, long until, int priority) {
    this(percent, mostNanos, until, priority, OptionalInt.empty());
  }

  /** What is left at the end of an employment. */
  public static Rollover atExit(int portable, long until) {
    return new Rollover(100, Long.MAX_VALUE, until, PRIORITY, OptionalInt.of(portable));
  }

  public Rollover {
    if (percent < 0 || percent > 100 || mostNanos < 0) {
      throw new IllegalArgumentException(
          "rollover: %d percent, %d nanos (expected: 0 to 100, 0 or more)"
              .formatted(percent, mostNanos));
    }
  }

  /**
   * Nanos that can go on at most of a lot of that amount, of which so much is unused; percentages
   * are rounded down.
   */
  public long cap(long amount, long unused) {
    if (portable.isPresent()) {
      return BigInteger.valueOf(Math.max(0, unused))
          .multiply(BigInteger.valueOf(portable.getAsInt()))
          .divide(BigInteger.valueOf(WHOLE))
          .longValueExact();
    }
    BigInteger part =
        BigInteger.valueOf(amount).multiply(BigInteger.valueOf(percent)).divide(HUNDRED);
    return Math.min(part.longValueExact(), mostNanos);
  }
}
