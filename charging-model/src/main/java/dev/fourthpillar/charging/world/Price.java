package dev.fourthpillar.charging.world;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a model costs, in dollars per million tokens of each kind. */
public record Price(BigDecimal input, BigDecimal cached, BigDecimal output) {
  /** Has so many digits that the employer's side of almost every call needs rounding. */
  public static final BigDecimal EMPLOYER_DISCOUNT = new BigDecimal("0.333331");

  public static Price of(String input, String cached, String output) {
    return new Price(new BigDecimal(input), new BigDecimal(cached), new BigDecimal(output));
  }

  /** Each kind and each side rounds for itself; the call is the sum. */
  public Cost of(Tokens tokens) {
    return kind(tokens.input(), input)
        .plus(kind(tokens.cached(), cached))
        .plus(kind(tokens.output(), output));
  }

  private static Cost kind(long tokens, BigDecimal perMillion) {
    return new Cost(
        nanos(tokens, perMillion),
        nanos(tokens, perMillion.multiply(BigDecimal.ONE.subtract(EMPLOYER_DISCOUNT))));
  }

  /** Dollars per million are thousands of nanos for each. */
  private static long nanos(long tokens, BigDecimal perMillion) {
    return BigDecimal.valueOf(tokens)
        .multiply(perMillion)
        .movePointRight(3)
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }
}
