package dev.fourthpillar.comp.pack;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.terms.Guarantee;
import dev.fourthpillar.comp.terms.PayPeriod;
import dev.fourthpillar.comp.terms.Recurrence;

/**
 * Something else of value: insurance, a car, an allowance. Outside of the classic total.
 *
 * @param id unique among the package's components
 * @param amount what it is worth per period, 0 or more; a one-off benefit comes with the start
 * @param period the whole, {@link PayPeriod#YEAR}, for a one-off benefit
 */
public record Benefit(
    String id,
    Money amount,
    PayPeriod period,
    Recurrence recurrence,
    Guarantee guarantee,
    Taxation taxation) {

  /** Whether it is taxable for the person. */
  public enum Taxation {
    UNKNOWN,
    TAXABLE,
    EXEMPT
  }

  public Benefit {
    var checks = new Checks();
    Ids.check(checks, id);
    if (checks.present("amount", amount)) {
      checks.that(amount.signum() >= 0, "amount", amount, ">= 0");
    }
    checks.present("period", period);
    checks.present("recurrence", recurrence);
    checks.that(
        recurrence != Recurrence.ONE_OFF || period == PayPeriod.YEAR,
        "period",
        period,
        "YEAR, when the benefit is one-off");
    checks.present("guarantee", guarantee);
    checks.present("taxation", taxation);
    checks.orThrow();
  }
}
