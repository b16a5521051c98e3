package dev.fourthpillar.pricing.book;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Limits and the one normal form of a price, so that equal prices are equal objects. */
public final class Prices {

  /** Decimals of a price per million units: 12, so 18 per single unit. */
  public static final int SCALE_PER_MILLION = 12;

  /** Largest price per million units that a row may hold: a million a unit. */
  public static final BigDecimal MAX_PER_MILLION = BigDecimal.TEN.pow(12);

  /** Largest multiplier of a service tier or region; a larger one is a typing error. */
  public static final BigDecimal MAX_MULTIPLIER = new BigDecimal(100);

  /** Digits behind the point of a multiplier. */
  public static final int MULTIPLIER_SCALE = 6;

  private static final int MILLION_DIGITS = 6;

  private Prices() {}

  /**
   * Per single unit to per million, rounded half-even at 18 decimals per unit (removes float
   * noise).
   */
  public static BigDecimal perMillion(BigDecimal perUnit) {
    return normal(
        perUnit
            .setScale(SCALE_PER_MILLION + MILLION_DIGITS, RoundingMode.HALF_EVEN)
            .movePointRight(MILLION_DIGITS));
  }

  static BigDecimal checkPerMillion(String what, BigDecimal price) {
    return check(what, price, MAX_PER_MILLION, SCALE_PER_MILLION);
  }

  static BigDecimal checkMultiplier(String what, BigDecimal multiplier) {
    BigDecimal checked = check(what, multiplier, MAX_MULTIPLIER, MULTIPLIER_SCALE);
    if (checked.signum() == 0) {
      // A free tier has prices of 0; a multiplier of 0 would make everything free by accident.
      throw new IllegalArgumentException(what + ": 0 (expected: > 0)");
    }
    return checked;
  }

  private static BigDecimal check(String what, BigDecimal value, BigDecimal max, int scale) {
    if (value.signum() < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          what + ": " + value + " (expected: 0.." + max.toPlainString() + ")");
    }
    BigDecimal normal = normal(value);
    if (normal.scale() > scale) {
      throw new IllegalArgumentException(
          what + ": " + value + " (expected: at most " + scale + " decimals)");
    }
    return normal;
  }

  private static BigDecimal normal(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
