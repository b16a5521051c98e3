package dev.fourthpillar.pricing.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts in 10⁻⁹ units of a currency, with checked arithmetic. */
final class Nanos {

  // quantity × price / 10⁶ in units is quantity × price × 10³ in nanos.
  private static final int NANOS_PER_UNIT_DIGITS = 9;
  private static final int PER_MILLION_DIGITS = 6;

  private Nanos() {}

  /** quantity × price / 10⁶, exact, rounded half-even to nanos: the only rounding there is. */
  static long cost(long quantity, BigDecimal pricePerMillion) {
    BigDecimal exact =
        BigDecimal.valueOf(quantity)
            .multiply(pricePerMillion)
            .movePointRight(NANOS_PER_UNIT_DIGITS - PER_MILLION_DIGITS);
    try {
      return exact.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    } catch (ArithmeticException e) {
      throw new AmountOutOfRangeException(
          quantity + " × " + pricePerMillion + " / 10^6 does not fit into int64 nanos");
    }
  }

  static long add(long a, long b) {
    try {
      return Math.addExact(a, b);
    } catch (ArithmeticException e) {
      throw new AmountOutOfRangeException(a + " + " + b + " nanos does not fit into int64");
    }
  }
}
