package dev.fourthpillar.comp.fx;

import dev.fourthpillar.comp.failure.Checks;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;

/**
 * A published rate (convention K8).
 *
 * @param id of the quote, 1 to {@link #MAX_TEXT} characters
 * @param from the source currency
 * @param to the target currency, another one
 * @param rate units of {@code to} per 1 {@code from}; positive, at full precision
 * @param date the day it is for
 * @param publisher who published it, 1 to {@link #MAX_TEXT} characters
 */
public record FxQuote(
    String id, Currency from, Currency to, BigDecimal rate, LocalDate date, String publisher) {

  public static final int MAX_TEXT = 200;
  public static final int MAX_RATE_DIGITS = 38;

  public FxQuote {
    var checks = new Checks();
    checks.text("id", id, MAX_TEXT);
    if (checks.present("from", from) && checks.present("to", to)) {
      checks.that(!from.equals(to), "to", to, "another currency than " + from);
    }
    if (checks.present("rate", rate)) {
      checks.that(rate.signum() > 0, "rate", rate, "> 0");
      checks.that(
          rate.precision() <= MAX_RATE_DIGITS && Math.abs((long) rate.scale()) <= MAX_RATE_DIGITS,
          "rate",
          rate,
          "at most " + MAX_RATE_DIGITS + " digits");
    }
    checks.date("date", date);
    checks.text("publisher", publisher, MAX_TEXT);
    checks.orThrow();
  }
}
