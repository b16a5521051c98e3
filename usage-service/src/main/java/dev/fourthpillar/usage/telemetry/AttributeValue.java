package dev.fourthpillar.usage.telemetry;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * A scalar attribute. Lists, maps and bytes have no case: nothing the product counts comes in them,
 * and content does.
 */
public sealed interface AttributeValue {

  /** What the value says, as text. */
  String text();

  record Text(String text) implements AttributeValue {
    public Text {
      requireNonNull(text);
    }
  }

  record Whole(long value) implements AttributeValue {
    @Override
    public String text() {
      return Long.toString(value);
    }
  }

  /** A double as the decimal its sender wrote; from here on nothing is binary floating point. */
  record Decimal(BigDecimal value) implements AttributeValue {
    public Decimal {
      requireNonNull(value);
    }

    @Override
    public String text() {
      return value.toString();
    }
  }

  record Flag(boolean value) implements AttributeValue {
    @Override
    public String text() {
      return Boolean.toString(value);
    }
  }

  /** NaN and the infinities have no decimal; as text they are kept, and no count. */
  static AttributeValue ofDouble(double value) {
    return Double.isFinite(value)
        ? new Decimal(BigDecimal.valueOf(value))
        : new Text(Double.toString(value));
  }
}
