package dev.fourthpillar.comp.token;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.terms.Guarantee;
import dev.fourthpillar.comp.terms.Recurrence;
import java.util.Optional;

/**
 * The fourth component: a budget of AI tokens, and the terms that decide what it is worth to whom.
 *
 * @param expectedConsumption per year at list price, 0 or more: what the employer hopes for, which
 *     is not what it grants
 * @param overageAllowed whether use beyond the budget is declared; without it none can be assumed
 * @param cashConversion part of what is unspent that is paid out, 0 to 100 %
 */
public record TokenBudget(
    Entitlement entitlement,
    Recurrence recurrence,
    Guarantee guarantee,
    Treatment treatment,
    PurchaseModel purchase,
    PrivateUse privateUse,
    Percent cashConversion,
    Portability portability,
    Optional<Money> expectedConsumption,
    boolean overageAllowed) {

  public TokenBudget {
    var checks = new Checks();
    checks.present("entitlement", entitlement);
    checks.present("recurrence", recurrence);
    checks.present("guarantee", guarantee);
    checks.present("treatment", treatment);
    checks.present("purchase", purchase);
    checks.present("privateUse", privateUse);
    Percent.within(checks, "cashConversion", cashConversion, "0", "100");
    checks.present("portability", portability);
    if (checks.present("expectedConsumption", expectedConsumption)) {
      checks.that(
          expectedConsumption.map(Money::signum).orElse(0) >= 0,
          "expectedConsumption",
          expectedConsumption,
          ">= 0");
    }
    checks.orThrow();
  }

  /** A tool bought as it is used, at list price, that ends with the job: change what differs. */
  public static TokenBudget tool(Entitlement entitlement) {
    return new TokenBudget(
        entitlement,
        Recurrence.ANNUAL,
        Guarantee.CONTRACTUAL,
        Treatment.TOOL,
        new PurchaseModel.PayAsYouGo(Percent.ZERO),
        new PrivateUse.Unknown(),
        Percent.ZERO,
        new Portability.None(),
        Optional.empty(),
        false);
  }

  /** Whether the terms promise what a tool cannot have. */
  public boolean contradictsTool() {
    return treatment == Treatment.TOOL
        && (!cashConversion.isZero() || !(portability instanceof Portability.None));
  }
}
