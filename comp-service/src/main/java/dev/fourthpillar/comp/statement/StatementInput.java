package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.money.Currencies;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.pack.CompensationPackage;
import dev.fourthpillar.comp.token.TokenUse;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;

/**
 * All a statement is computed from; the same input gives the same statement, to the byte.
 *
 * @param asOf of rates, of the next twelve months, and of what survives an exit
 * @param currency of the statement
 * @param loadedCost what an engineer costs the employer per year, above zero; without it the output
 *     multiplier relates to base, and says so
 * @param marginalTax of the engineer, 0 to {@link #MOST_MARGINAL_TAX} percent
 */
public record StatementInput(
    CompensationPackage pack,
    LocalDate asOf,
    Currency currency,
    FxTable fx,
    TokenUse use,
    Optional<Money> loadedCost,
    Optional<Percent> marginalTax,
    Thresholds thresholds) {

  public static final String MOST_MARGINAL_TAX = "99";

  public StatementInput {
    var checks = new Checks();
    checks.present("pack", pack);
    checks.date("asOf", asOf);
    Currencies.check(checks, currency);
    checks.present("fx", fx);
    checks.present("use", use);
    if (checks.present("loadedCost", loadedCost) && loadedCost.isPresent()) {
      checks.that(loadedCost.get().signum() > 0, "loadedCost", loadedCost.get(), "> 0");
    }
    if (checks.present("marginalTax", marginalTax) && marginalTax.isPresent()) {
      Percent.within(checks, "marginalTax", marginalTax.get(), "0", MOST_MARGINAL_TAX);
    }
    checks.present("thresholds", thresholds);
    checks.orThrow();
  }

  /** Nothing assumed that was not given. */
  public static StatementInput of(
      CompensationPackage pack, LocalDate asOf, Currency currency, FxTable fx, TokenUse use) {
    return new StatementInput(
        pack, asOf, currency, fx, use, Optional.empty(), Optional.empty(), Thresholds.DEFAULT);
  }
}
