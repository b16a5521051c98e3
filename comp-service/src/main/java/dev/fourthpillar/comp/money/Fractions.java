package dev.fourthpillar.comp.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.commons.numbers.fraction.BigFraction;

/** The way into exact fractions. There is none from or to a binary floating point number. */
public final class Fractions {

  private Fractions() {}

  public static BigFraction of(BigDecimal value) {
    return value.scale() <= 0
        ? BigFraction.of(value.toBigIntegerExact())
        : BigFraction.of(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
  }

  public static BigFraction of(BigInteger numerator, BigInteger denominator) {
    return BigFraction.of(numerator, denominator);
  }

  public static BigFraction of(long numerator, long denominator) {
    return BigFraction.of(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }
}
