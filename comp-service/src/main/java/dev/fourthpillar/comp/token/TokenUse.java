package dev.fourthpillar.comp.token;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;

/** Where consumption comes from: an assumption about a package, or the meter of a person. */
public sealed interface TokenUse {

  /**
   * Assumed, in percent of the budget.
   *
   * @param percent 0 to {@link #MOST_PERCENT}; above 100 only where overage is declared
   */
  record Utilisation(Percent percent) implements TokenUse {
    public static final String MOST_PERCENT = "10000";

    public Utilisation {
      var checks = new Checks();
      Percent.within(checks, "percent", percent, "0", MOST_PERCENT);
      checks.orThrow();
    }
  }

  /**
   * Assumed, per year at list price.
   *
   * @param amount 0 or more; above the budget only where overage is declared
   */
  record Amount(Money amount) implements TokenUse {
    public Amount {
      var checks = new Checks();
      if (checks.present("amount", amount)) {
        checks.that(amount.signum() >= 0, "amount", amount, ">= 0");
      }
      checks.orThrow();
    }
  }

  /** Metered. */
  record Metered(MeteredTokens tokens) implements TokenUse {
    public Metered {
      var checks = new Checks();
      checks.present("tokens", tokens);
      checks.orThrow();
    }
  }

  /** Neither: what depends on consumption is absent, not zero. */
  record NotStated() implements TokenUse {}
}
