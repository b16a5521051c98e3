package dev.fourthpillar.budget.fx;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A published rate between two currencies.
 *
 * @param id names the quote in what was converted with it
 * @param source the currency that is converted
 * @param target the currency it is converted to
 * @param rate units of target per 1 of source, exact, above 0
 * @param date the UTC day it is for
 * @param version of the pair's quotes: of two for the same day the higher one corrects the other
 */
public record Quote(
    String id, String source, String target, BigDecimal rate, LocalDate date, long version) {
  public Quote {
    if (rate.signum() <= 0) {
      throw new IllegalArgumentException("rate: %s (expected: above 0)".formatted(rate));
    }
  }
}
