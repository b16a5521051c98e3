package dev.fourthpillar.comp.pack;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.terms.Guarantee;
import dev.fourthpillar.comp.terms.PayPeriod;

/**
 * Base salary.
 *
 * @param amount above zero: half of the figures relate to it
 * @param growthPerYear raise from one offer year to the next, {@link #LEAST_GROWTH} to {@link
 *     #MOST_GROWTH} percent
 */
public record Base(Money amount, PayPeriod period, Percent growthPerYear, Guarantee guarantee) {

  public static final String LEAST_GROWTH = "-50";
  public static final String MOST_GROWTH = "100";

  public Base {
    var checks = new Checks();
    if (checks.present("amount", amount)) {
      checks.that(amount.signum() > 0, "amount", amount, "> 0");
    }
    checks.present("period", period);
    Percent.within(checks, "growthPerYear", growthPerYear, LEAST_GROWTH, MOST_GROWTH);
    checks.present("guarantee", guarantee);
    checks.orThrow();
  }

  /** A contractual yearly salary without an agreed raise. */
  public static Base yearly(Money amount) {
    return new Base(amount, PayPeriod.YEAR, Percent.ZERO, Guarantee.CONTRACTUAL);
  }

  /** Of the first year, unrounded, in the currency it is paid in. */
  public ExactMoney annual() {
    return amount.exact().times(period.perYear());
  }
}
