package dev.fourthpillar.comp.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.commons.numbers.fraction.BigFraction;

/** The way into exact fractions. There is none from or to a binary floating point number. */
public final class Fractions {

  /** What a product or a sum of products may have and fit in a long, its sign and a carry aside. */
  private static final int SAFE_BITS = Long.SIZE - 3;

  private static final long[] POWERS_OF_TEN = powersOfTen();

  private Fractions() {}

  private static long[] powersOfTen() {
    // 10^18 is the last that a long holds.
    var powers = new long[19];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  /**
   * The product. Amounts of pay nearly always fit in longs, where it costs a tenth; where they do
   * not, it is as exact.
   */
  static BigFraction product(BigFraction a, BigFraction b) {
    return fits(a.getNumerator(), b.getNumerator()) && fits(a.getDenominator(), b.getDenominator())
        ? reduced(
            a.getNumeratorAsLong() * b.getNumeratorAsLong(),
            a.getDenominatorAsLong() * b.getDenominatorAsLong())
        : a.multiply(b);
  }

  /** The sum, likewise. */
  static BigFraction sum(BigFraction a, BigFraction b) {
    return fits(a.getNumerator(), b.getDenominator())
            && fits(b.getNumerator(), a.getDenominator())
            && fits(a.getDenominator(), b.getDenominator())
        ? reduced(
            a.getNumeratorAsLong() * b.getDenominatorAsLong()
                + b.getNumeratorAsLong() * a.getDenominatorAsLong(),
            a.getDenominatorAsLong() * b.getDenominatorAsLong())
        : a.add(b);
  }

  /** Most amounts are whole; of those a fraction needs no common divisor. */
  private static BigFraction reduced(long numerator, long denominator) {
    return numerator % denominator == 0
        ? BigFraction.of(numerator / denominator)
        : BigFraction.of(numerator, denominator);
  }

  private static boolean fits(BigInteger a, BigInteger b) {
    return a.bitLength() + b.bitLength() <= SAFE_BITS;
  }

  public static BigFraction of(BigDecimal value) {
    var unscaled = value.unscaledValue();
    if (value.scale() <= 0) {
      return BigFraction.of(value.toBigIntegerExact());
    }
    return unscaled.bitLength() < Long.SIZE && value.scale() < POWERS_OF_TEN.length
        ? reduced(unscaled.longValue(), POWERS_OF_TEN[value.scale()])
        : BigFraction.of(unscaled, BigInteger.TEN.pow(value.scale()));
  }

  public static BigFraction of(BigInteger numerator, BigInteger denominator) {
    return BigFraction.of(numerator, denominator);
  }

  public static BigFraction of(long numerator, long denominator) {
    return BigFraction.of(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }
}
