package dev.fourthpillar.comp.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * An amount on its way to a statement line: an exact fraction, since a third of a sign-on or an
 * inverted rate is no decimal. It leaves through {@link #round} and only there (convention K1).
 */
public record ExactMoney(BigFraction amount, Currency currency) {

  public static ExactMoney zero(Currency currency) {
    return new ExactMoney(BigFraction.ZERO, currency);
  }

  public ExactMoney times(BigFraction factor) {
    return new ExactMoney(Fractions.product(amount, factor), currency);
  }

  public ExactMoney times(long factor) {
    return new ExactMoney(Fractions.product(amount, BigFraction.of(factor)), currency);
  }

  public ExactMoney times(Percent percent) {
    return times(percent.fraction());
  }

  /** In another currency, at units of it per 1 of this one. */
  public ExactMoney at(BigFraction rate, Currency other) {
    return new ExactMoney(Fractions.product(amount, rate), other);
  }

  /** Both in one currency. */
  public ExactMoney plus(ExactMoney other) {
    return new ExactMoney(Fractions.sum(amount, other.in(currency).amount), currency);
  }

  /** Both in one currency. */
  public ExactMoney minus(ExactMoney other) {
    return new ExactMoney(Fractions.sum(amount, other.in(currency).amount.negate()), currency);
  }

  /** Compares unrounded values of one currency, as flags must. */
  public boolean isAtLeast(ExactMoney other) {
    return amount.compareTo(other.in(currency).amount) >= 0;
  }

  public ExactMoney atLeastZero() {
    return amount.signum() < 0 ? zero(currency) : this;
  }

  public int signum() {
    return amount.signum();
  }

  /** The one rounding of a line: HALF_UP to the minor units of the currency. */
  public Money round() {
    return new Money(
        amount.bigDecimalValue(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP),
        currency);
  }

  /** For people and explanations; the value is the fraction. */
  @Override
  public String toString() {
    return plain(amount) + " " + currency;
  }

  /** The decimal when there is one of at most 18 places, else the fraction itself. */
  public static String plain(BigFraction value) {
    BigDecimal decimal = value.bigDecimalValue(Money.MAX_DECIMALS, RoundingMode.HALF_UP);
    return Fractions.of(decimal).equals(value)
        ? decimal.stripTrailingZeros().toPlainString()
        : value.toString();
  }

  private ExactMoney in(Currency expected) {
    if (!currency.equals(expected)) {
      throw new IllegalArgumentException("currency: " + currency + " (expected: " + expected + ")");
    }
    return this;
  }
}
