package dev.fourthpillar.comp.personal;

import dev.fourthpillar.comp.employer.EmployerCost;
import dev.fourthpillar.comp.employer.EmployerTerms;
import dev.fourthpillar.comp.employer.PayrollCharge;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.metered.Balance;
import dev.fourthpillar.comp.metered.MeteredSum;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.packages.PackageRecord;
import dev.fourthpillar.comp.people.Engineer;
import dev.fourthpillar.comp.proration.AnnualAmount;
import dev.fourthpillar.comp.proration.Proration;
import dev.fourthpillar.comp.statement.EmployerCostCalculator;
import dev.fourthpillar.comp.statement.LeaverCalculator;
import dev.fourthpillar.comp.statement.LeaverInput;
import dev.fourthpillar.comp.statement.Statement;
import dev.fourthpillar.comp.statement.StatementCalculator;
import dev.fourthpillar.comp.statement.StatementInput;
import dev.fourthpillar.comp.statement.Thresholds;
import dev.fourthpillar.comp.statement.VestCalendar;
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
 * @param charges that apply in the person's country on that day
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
    Optional<String> position,
    List<PayrollCharge> charges) {

  /** With what it costs the employer. */
  PersonalStatement statement(Thresholds thresholds) {
    return statement(
        thresholds,
        (input, statement) ->
            Optional.of(
                EmployerCostCalculator.calculate(
                    input, statement, recorded(Optional.empty(), false))));
  }

  /** For a reader who may not see what it costs the employer. */
  PersonalStatement statementWithoutCost(Thresholds thresholds) {
    return statement(thresholds, (_, _) -> Optional.empty());
  }

  /** As a list has it. */
  ListedStatement listed(Thresholds thresholds) {
    var input = input(use(), thresholds);
    var figures = StatementCalculator.figures(input);
    return new ListedStatement.Computed(
        engineer.id(),
        record.id().toString(),
        year.first(),
        figures,
        EmployerCostCalculator.calculate(input, figures, recorded(Optional.empty(), false))
            .total());
  }

  VestCalendar vests() {
    return VestCalendar.of(record.pack(), asOf, currency, fx);
  }

  private interface Cost {
    Optional<EmployerCost> of(StatementInput input, Statement statement);
  }

  private PersonalStatement statement(Thresholds thresholds, Cost cost) {
    var use = use();
    var input = input(use, thresholds);
    var statement = StatementCalculator.calculate(input);
    return new PersonalStatement(
        engineer.id(),
        name(),
        record.id().toString(),
        record.effectiveFrom(),
        year,
        statement,
        cost.of(input, statement),
        use.rates(),
        balances,
        query.knownAt());
  }

  PersonalLeaver leaver(
      Thresholds thresholds, Proration proration, List<AnnualAmount> baseHistory) {
    var use = use();
    var statement =
        LeaverCalculator.calculate(
            new LeaverInput(
                input(use, thresholds), engineer.profile().start(), baseHistory, proration));
    return new PersonalLeaver(engineer.id(), record.id().toString(), year, statement, use.rates());
  }

  PersonalCost employerCost(Thresholds thresholds, EmployerCostQuery.Terms terms) {
    var use = use();
    var input = input(use, thresholds);
    var cost =
        EmployerCostCalculator.calculate(
            input,
            StatementCalculator.calculate(input),
            terms
                .loadFactor()
                .<EmployerTerms>map(
                    factor -> new EmployerTerms.Loaded(factor, terms.includesEquity()))
                .orElseGet(() -> recorded(terms.overhead(), terms.includesEquity())));
    return new PersonalCost(
        engineer.id(), engineer.profile().country(), record.id().toString(), cost, use.rates());
  }

  private EmployerTerms recorded(Optional<Money> overhead, boolean includesEquity) {
    return charges.isEmpty()
        ? new EmployerTerms.Unrecorded(overhead, includesEquity)
        : new EmployerTerms.Payroll(charges, overhead, includesEquity);
  }

  private MeteredUse use() {
    return MeteredUse.of(sums, balances, position, currency, fx, asOf);
  }

  private StatementInput input(MeteredUse use, Thresholds thresholds) {
    return new StatementInput(
        record.pack(),
        asOf,
        currency,
        fx,
        new TokenUse.Metered(use.tokens()),
        Optional.empty(),
        Optional.empty(),
        thresholds);
  }

  private String name() {
    var given = engineer.profile().displayName();
    return given.isBlank() ? engineer.id() : given;
  }
}
