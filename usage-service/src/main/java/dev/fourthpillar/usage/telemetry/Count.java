package dev.fourthpillar.usage.telemetry;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/** A token count as a source gave it. Absent is unknown, which is not 0. */
public sealed interface Count {

  /**
   * More than any single reading can mean: a quadrillion, three thousand times the busiest month
   * seen of one person. It is below 2^53, so every accepted double is exact, and a few of them
   * never overflow a long.
   */
  long MAX_COUNT = 1_000_000_000_000_000L;

  /** A number longer than this is no count; parsing it would only cost. */
  int MAX_DIGITS = 40;

  record Absent() implements Count {}

  record Known(long value) implements Count {
    public Known {
      if (value < 0 || value > MAX_COUNT) {
        throw new IllegalArgumentException(
            "value: " + value + " (expected: 0 to " + MAX_COUNT + ")");
      }
    }
  }

  record Malformed(Problem problem) implements Count {
    public Malformed {
      requireNonNull(problem);
    }
  }

  /** Why something is no count. */
  enum Problem {
    NEGATIVE,
    NOT_WHOLE,
    NOT_A_NUMBER,
    OUT_OF_RANGE
  }

  /** Senders write the same number as int, double or string, by version. */
  static Count of(AttributeValue value) {
    return switch (value) {
      case AttributeValue.Whole(long whole) -> ofWhole(whole);
      case AttributeValue.Decimal(BigDecimal decimal) -> ofDecimal(decimal);
      case AttributeValue.Text(String text) -> ofText(text.strip());
      case AttributeValue.Flag flag -> new Malformed(Problem.NOT_A_NUMBER);
    };
  }

  private static Count ofText(String text) {
    if (text.isEmpty()) {
      return new Absent();
    }
    if (text.length() > MAX_DIGITS) {
      return new Malformed(Problem.NOT_A_NUMBER);
    }
    try {
      return ofDecimal(new BigDecimal(text));
    } catch (NumberFormatException noNumber) {
      return new Malformed(Problem.NOT_A_NUMBER);
    }
  }

  private static Count ofDecimal(BigDecimal decimal) {
    if (decimal.signum() < 0) {
      return new Malformed(Problem.NEGATIVE);
    }
    // Compared before it is made exact: 1E+999999999 must not be written out.
    if (decimal.compareTo(BigDecimal.valueOf(MAX_COUNT)) > 0) {
      return new Malformed(Problem.OUT_OF_RANGE);
    }
    try {
      return new Known(decimal.longValueExact());
    } catch (ArithmeticException fraction) {
      return new Malformed(Problem.NOT_WHOLE);
    }
  }

  private static Count ofWhole(long whole) {
    if (whole < 0) {
      return new Malformed(Problem.NEGATIVE);
    }
    return whole > MAX_COUNT ? new Malformed(Problem.OUT_OF_RANGE) : new Known(whole);
  }
}
