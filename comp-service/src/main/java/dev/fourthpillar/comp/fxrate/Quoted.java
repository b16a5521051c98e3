package dev.fourthpillar.comp.fxrate;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;

/**
 * What a publisher says one currency is worth in another on a day.
 *
 * @param rate units of target per 1 of source, above 0, at most {@link #MAX_DIGITS} digits before
 *     and as many behind the point; without trailing zeros
 */
record Quoted(Currency source, Currency target, BigDecimal rate, LocalDate date, String publisher) {

  static final int MAX_DIGITS = 18;

  Quoted {
    rate = rate.stripTrailingZeros();
    // One representation for each value: 10, not 1E+1.
    rate = rate.scale() < 0 ? rate.setScale(0) : rate;
  }

  Slot slot() {
    return new Slot(pair(), date, publisher);
  }

  Pair pair() {
    return new Pair(source, target);
  }

  /** For what there is one quote at a time. */
  record Slot(Pair pair, LocalDate date, String publisher) {}
}
