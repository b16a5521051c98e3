package dev.fourthpillar.comp.calculate;

import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.pack.CompensationPackage;
import dev.fourthpillar.comp.statement.Statement;
import dev.fourthpillar.comp.statement.StatementCalculator;
import dev.fourthpillar.comp.statement.StatementInput;
import dev.fourthpillar.comp.token.TokenUse;
import java.time.LocalDate;
import java.util.Currency;

/** Two offers to be read in one currency. Nobody has consumed anything of an offer yet. */
public record Comparison(
    CompensationPackage first,
    CompensationPackage second,
    LocalDate asOf,
    Currency currency,
    FxTable rates) {

  Compared compared() {
    return new Compared(statement(first), statement(second));
  }

  private Statement statement(CompensationPackage offer) {
    return StatementCalculator.calculate(
        StatementInput.of(offer, asOf, currency, rates, new TokenUse.NotStated()));
  }
}
