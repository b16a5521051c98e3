package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.money.Currencies;
import dev.fourthpillar.comp.pack.Base;
import dev.fourthpillar.comp.token.Entitlement;
import dev.fourthpillar.comp.token.TokenBudget;
import dev.fourthpillar.comp.token.TokenUse;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;

/**
 * A token budget without the package around it.
 *
 * @param base what a percentage of base is of; present for that
 * @param asOf of rates, and of what survives an exit
 * @param currency of the answer
 */
public record TokenValueInput(
    TokenBudget tokens,
    Optional<Base> base,
    LocalDate asOf,
    Currency currency,
    FxTable fx,
    TokenUse use) {

  public TokenValueInput {
    var checks = new Checks();
    if (checks.present("tokens", tokens) && checks.present("base", base)) {
      checkBase(checks, tokens, base);
    }
    checks.date("asOf", asOf);
    Currencies.check(checks, currency);
    checks.present("fx", fx);
    checks.present("use", use);
    checks.orThrow();
  }

  /** Notes a violation where the budget is a percentage of nothing. */
  public static void checkBase(Checks checks, TokenBudget tokens, Optional<Base> base) {
    checks.that(
        base.isPresent() || !(tokens.entitlement() instanceof Entitlement.PercentOfBase),
        "base",
        "absent",
        "present, since the budget is a percentage of it");
  }
}
