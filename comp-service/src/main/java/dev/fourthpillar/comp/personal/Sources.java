package dev.fourthpillar.comp.personal;

import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.metered.Balance;
import dev.fourthpillar.comp.metered.MeteredSum;
import dev.fourthpillar.comp.packages.PackageRecord;
import dev.fourthpillar.comp.people.Engineer;
import dev.fourthpillar.comp.statement.StatementCalculator;
import dev.fourthpillar.comp.statement.StatementInput;
import dev.fourthpillar.comp.statement.Thresholds;
import dev.fourthpillar.comp.token.TokenUse;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * What a statement of a person is computed from; the same gives the same.
 *
 * @param year whose consumption counts, up to {@code asOf}
 * @param currency of the statement
 * @param fx the quotes of that day with that currency on one side
 * @param position up to which charges are in the sums
 */
record Sources(
    StatementQuery query,
    Engineer engineer,
    PackageRecord record,
    LocalDate asOf,
    ContractYear year,
    Currency currency,
    FxTable fx,
    List<MeteredSum> sums,
    List<Balance> balances,
    Optional<String> position) {

  PersonalStatement statement(Thresholds thresholds) {
    var use = MeteredUse.of(sums, balances, position, currency, fx, asOf);
    var statement =
        StatementCalculator.calculate(
            new StatementInput(
                record.pack(),
                asOf,
                currency,
                fx,
                new TokenUse.Metered(use.tokens()),
                Optional.empty(),
                Optional.empty(),
                thresholds));
    return new PersonalStatement(
        engineer.id(),
        name(),
        record.id().toString(),
        record.effectiveFrom(),
        year,
        statement,
        use.rates(),
        balances,
        query.knownAt());
  }

  private String name() {
    var given = engineer.profile().displayName();
    return given.isBlank() ? engineer.id() : given;
  }
}
