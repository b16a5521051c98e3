package dev.fourthpillar.comp.pack;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.terms.Guarantee;
import dev.fourthpillar.comp.terms.PayPeriod;

/** The bonus of a year when its target is met exactly. */
public sealed interface TargetBonus {

  Guarantee guarantee();

  /**
   * A percentage of that year's base.
   *
   * @param percent 0 to {@link #MOST_PERCENT}
   */
  record OfBase(Percent percent, Guarantee guarantee) implements TargetBonus {
    public OfBase {
      var checks = new Checks();
      Percent.within(checks, "percent", percent, "0", MOST_PERCENT);
      checks.present("guarantee", guarantee);
      checks.orThrow();
    }
  }

  /**
   * A fixed amount per period.
   *
   * @param amount 0 or more
   */
  record Fixed(Money amount, PayPeriod period, Guarantee guarantee) implements TargetBonus {
    public Fixed {
      var checks = new Checks();
      if (checks.present("amount", amount)) {
        checks.that(amount.signum() >= 0, "amount", amount, ">= 0");
      }
      checks.present("period", period);
      checks.present("guarantee", guarantee);
      checks.orThrow();
    }
  }

  String MOST_PERCENT = "1000";

  static TargetBonus ofBase(String percent) {
    return new OfBase(Percent.of(percent), Guarantee.TARGET);
  }
}
