package dev.fourthpillar.comp.money;

import dev.fourthpillar.comp.failure.Checks;
import java.math.BigDecimal;
import java.util.Currency;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * An exact decimal amount: what goes into a calculation, and what a rounded line says. Equal
 * amounts are equal objects whatever their trailing zeros, and print with at least the minor units
 * of the currency. Between input and line an amount is {@link ExactMoney}, so that nothing is
 * rounded twice.
 *
 * @param amount absolute value below {@link #LIMIT}, at most {@link #MAX_DECIMALS} decimals
 * @param currency one with minor units (not gold, not "no currency")
 */
public record Money(BigDecimal amount, Currency currency) {

  /** A quadrillion: above any pay in any currency, and inside numeric(38,18). */
  public static final BigDecimal LIMIT = BigDecimal.TEN.pow(15);

  /** What is stored, numeric(38,18). */
  public static final int MAX_DECIMALS = 18;

  public Money {
    // Most amounts are in order: what a violation needs is only made where there is one.
    if (currency == null
        || currency.getDefaultFractionDigits() < 0
        || amount == null
        || amount.precision() > MAX_DECIMALS
        || amount.scale() < 0
        || amount.scale() > MAX_DECIMALS
        || amount.abs().compareTo(LIMIT) >= 0) {
      check(amount, currency);
    }
    amount = amount.stripTrailingZeros();
    amount = amount.setScale(Math.max(amount.scale(), currency.getDefaultFractionDigits()));
  }

  private static void check(BigDecimal amount, Currency currency) {
    var checks = new Checks();
    Currencies.check(checks, currency);
    if (checks.present("amount", amount)) {
      // Precision and scale first: stripping the zeros of 1E+1000000 would fill the memory.
      var sane = amount.precision() <= 60 && Math.abs((long) amount.scale()) <= 60;
      checks.that(
          sane && amount.abs().compareTo(LIMIT) < 0,
          "amount",
          amount,
          "absolute value below " + LIMIT);
      if (sane) {
        checks.that(
            amount.stripTrailingZeros().scale() <= MAX_DECIMALS,
            "amount",
            amount.stripTrailingZeros(),
            "at most " + MAX_DECIMALS + " decimals");
      }
    }
    checks.orThrow();
  }

  public static Money of(String amount, String currency) {
    return new Money(new BigDecimal(amount), Currency.getInstance(currency));
  }

  public static Money zero(Currency currency) {
    return new Money(BigDecimal.ZERO, currency);
  }

  public int signum() {
    return amount.signum();
  }

  /** Both in one currency: currencies meet in {@code fx} only. */
  public Money plus(Money other) {
    return new Money(amount.add(other.in(currency).amount), currency);
  }

  /** Both in one currency. */
  public Money minus(Money other) {
    return new Money(amount.subtract(other.in(currency).amount), currency);
  }

  /** Both in one currency. */
  public boolean isAtLeast(Money other) {
    return amount.compareTo(other.in(currency).amount) >= 0;
  }

  public BigFraction fraction() {
    return Fractions.of(amount);
  }

  public ExactMoney exact() {
    return new ExactMoney(fraction(), currency);
  }

  /** "375000.00 USD". */
  @Override
  public String toString() {
    return amount.toPlainString() + " " + currency;
  }

  private Money in(Currency expected) {
    if (!currency.equals(expected)) {
      throw new IllegalArgumentException("currency: " + currency + " (expected: " + expected + ")");
    }
    return this;
  }
}
