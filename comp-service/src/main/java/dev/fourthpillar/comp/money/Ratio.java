package dev.fourthpillar.comp.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.commons.numbers.fraction.BigFraction;

/** A relation of two figures that the service answers, or why there is none. */
public sealed interface Ratio {

  /** How a ratio is written. */
  enum Unit {
    /** Per hundred, 2 decimals: shares, token ratio, consumed ratio, inflation, growth. */
    PERCENT(2),
    /** Plain, 4 decimals: compa-ratio, multiplier, break-even. */
    RATIO(4);

    private final int decimals;

    Unit(int decimals) {
      this.decimals = decimals;
    }
  }

  /** Rounded HALF_UP to the decimals of its unit. */
  record Defined(BigDecimal value, Unit unit) implements Ratio {
    @Override
    public String toString() {
      return value.toPlainString() + (unit == Unit.PERCENT ? " %" : "");
    }
  }

  record Undefined(Absence reason) implements Ratio {
    @Override
    public String toString() {
      return "undefined: " + reason.text();
    }
  }

  /** {@code part} as a percentage of {@code whole}, both rounded lines of one currency (K1). */
  static Ratio percentOf(Money part, Money whole) {
    return whole.signum() == 0
        ? new Undefined(Absence.WHOLE_IS_ZERO)
        : percent(part.fraction().divide(sameCurrency(part, whole).fraction()));
  }

  /** 1/8 is 12.50 %. */
  static Ratio percent(BigFraction value) {
    return defined(value.multiply(100), Unit.PERCENT);
  }

  /** 3/2 is 1.5000. */
  static Ratio plain(BigFraction value) {
    return defined(value, Unit.RATIO);
  }

  private static Ratio defined(BigFraction value, Unit unit) {
    return new Defined(value.bigDecimalValue(unit.decimals, RoundingMode.HALF_UP), unit);
  }

  private static Money sameCurrency(Money part, Money whole) {
    if (!part.currency().equals(whole.currency())) {
      throw new IllegalArgumentException(
          "currency: " + part.currency() + " (expected: " + whole.currency() + ")");
    }
    return whole;
  }
}
