package dev.fourthpillar.comp.money;

import dev.fourthpillar.comp.failure.Checks;
import java.math.BigDecimal;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * An exact percentage as somebody states it: 12.5 is twelve and a half per hundred. What the
 * service answers is a {@link Ratio}. Which range is allowed is the rule of the field that holds
 * it.
 *
 * @param value at most {@link #MAX_DECIMALS} decimals, absolute value at most {@link #LIMIT}
 */
public record Percent(BigDecimal value) {

  public static final int MAX_DECIMALS = 12;
  public static final BigDecimal LIMIT = BigDecimal.valueOf(1_000_000);
  public static final Percent ZERO = Percent.of("0");
  public static final Percent HUNDRED = Percent.of("100");

  public Percent {
    var checks = new Checks();
    if (checks.present("", value)) {
      var sane = value.precision() <= 60 && Math.abs((long) value.scale()) <= 60;
      checks.that(
          sane && value.abs().compareTo(LIMIT) <= 0, "", value, "absolute value up to " + LIMIT);
      if (sane) {
        value = value.stripTrailingZeros();
        checks.that(
            value.scale() <= MAX_DECIMALS, "", value, "at most " + MAX_DECIMALS + " decimals");
      }
    }
    checks.orThrow();
    // One representation per value, or equal percentages would not be equal.
    value = value.scale() < 0 ? value.setScale(0) : value;
  }

  public static Percent of(String value) {
    return new Percent(new BigDecimal(value));
  }

  /** 12.5 % is 1/8. */
  public BigFraction fraction() {
    return Fractions.of(value).divide(100);
  }

  /** 100 % minus this. */
  public Percent complement() {
    return new Percent(HUNDRED.value.subtract(value));
  }

  public boolean isZero() {
    return value.signum() == 0;
  }

  public boolean isAtMost(Percent other) {
    return value.compareTo(other.value) <= 0;
  }

  /** Notes a violation when absent or outside of [{@code least}, {@code most}]. */
  public static boolean within(
      Checks checks, String field, Percent percent, String least, String most) {
    return checks.present(field, percent)
        && checks.that(
            of(least).isAtMost(percent) && percent.isAtMost(of(most)),
            field,
            percent,
            least + " % to " + most + " %");
  }

  /** "12.5 %". */
  @Override
  public String toString() {
    return value.toPlainString() + " %";
  }
}
