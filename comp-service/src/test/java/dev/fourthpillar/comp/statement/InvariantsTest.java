package dev.fourthpillar.comp.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.comp.api.StatementMapper;
import dev.fourthpillar.comp.employer.EmployerCost;
import dev.fourthpillar.comp.employer.EmployerTerms;
import dev.fourthpillar.comp.employer.PayrollCharge;
import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.explain.SnapshotRef;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.failure.RateMissing;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.lens.Lens;
import dev.fourthpillar.comp.lens.Lenses;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.line.Printer;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.pack.CompensationPackage;
import dev.fourthpillar.comp.pack.EquityGrant;
import dev.fourthpillar.comp.token.PurchaseModel;
import dev.fourthpillar.comp.token.TokenBudget;
import dev.fourthpillar.comp.token.TokenUse;
import dev.fourthpillar.comp.token.Treatment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What must hold for every package, whatever its shape. */
final class InvariantsTest {

  @Provide
  Arbitrary<RandomPackages.Case> cases() {
    return RandomPackages.cases();
  }

  @Property
  void tokensNeverMoveCashEquityOrTheNextOfferAnchor(
      @ForAll("cases") RandomPackages.Case one, @ForAll("cases") RandomPackages.Case other) {
    var input = one.input();
    var with = StatementCalculator.calculate(input);
    var without =
        StatementCalculator.calculate(
            with(input, tokens(input.pack(), Optional.empty()), new TokenUse.NotStated()));
    var changed =
        StatementCalculator.calculate(
            with(input, tokens(input.pack(), other.input().pack().tokens()), other.input().use()));
    for (var statement : List.of(without, changed)) {
      sameButTokens(statement.annualised(), with.annualised());
      sameButTokens(statement.next12Months(), with.next12Months());
      for (int i = 0; i < with.years().size(); i++) {
        sameButTokens(statement.years().get(i), with.years().get(i));
      }
      assertThat(statement.metrics().nextOfferAnchor()).isEqualTo(with.metrics().nextOfferAnchor());
    }
  }

  @Property
  void aDropInUtilisationNeverLowersCash(
      @ForAll("cases") RandomPackages.Case one, @ForAll("cases") RandomPackages.Case other) {
    var input = one.input();
    var statement = StatementCalculator.calculate(input);
    var used = StatementCalculator.calculate(with(input, input.pack(), other.input().use()));
    assertThat(used.annualised()).isEqualTo(statement.annualised());
    assertThat(used.years()).isEqualTo(statement.years());
  }

  @Property
  void aToolIsNeitherRealizableNorPortable(@ForAll("cases") RandomPackages.Case given) {
    Assume.that(given.input().pack().tokens().isPresent());
    var input =
        with(
            given.input(),
            tokens(given.input().pack(), given.input().pack().tokens().map(InvariantsTest::asTool)),
            given.input().use());
    var lenses = StatementCalculator.calculate(input).lenses().orElseThrow();
    assertThat(lenses.realizable().amount().orElseThrow().signum()).isZero();
    assertThat(lenses.portable().amount().orElseThrow().signum()).isZero();
  }

  @Property
  void paidAsUsedTheEmployerNeverPaysMoreThanFaceAndOverage(
      @ForAll("cases") RandomPackages.Case given) {
    var statement = StatementCalculator.calculate(given.input());
    if (statement.lenses().isEmpty()) {
      return;
    }
    var lenses = statement.lenses().get();
    lenses.face().amount().ifPresent(face -> assertThat(face.signum()).isNotNegative());
    var budget = given.input().pack().tokens().orElseThrow();
    if (budget.purchase() instanceof PurchaseModel.PayAsYouGo
        && !(given.input().use() instanceof TokenUse.Metered)
        && lenses.face() instanceof Figure.Known
        && lenses.employerCost() instanceof Figure.Known) {
      var most = lenses.face().amount().orElseThrow().plus(lenses.overage().amount().orElseThrow());
      assertThat(most.plus(minorUnit(most)).isAtLeast(lenses.employerCost().amount().get()))
          .isTrue();
    }
  }

  @Property
  void theYearsReconcileWithTheAverageToTheLastFraction(
      @ForAll("cases") RandomPackages.Case given) {
    var reconciliation = StatementCalculator.calculate(given.input()).reconciliation();
    assertThat(reconciliation.unexplained().signum()).isZero();
    var named =
        reconciliation.named().values().stream()
            .reduce(Money.zero(given.input().currency()), Money::plus);
    assertThat(named).isEqualTo(reconciliation.difference());
  }

  @Property
  void sameInputSameBytesWhateverTheOrderOfQuotes(
      @ForAll("cases") RandomPackages.Case given, @ForAll long shuffle) {
    var input = given.input();
    var quotes = new ArrayList<>(input.fx().quotes());
    Collections.shuffle(quotes, new Random(shuffle));
    var again =
        new StatementInput(
            input.pack(),
            input.asOf(),
            input.currency(),
            new FxTable(quotes),
            input.use(),
            input.loadedCost(),
            input.marginalTax(),
            input.thresholds());
    var first = StatementCalculator.calculate(input);
    var second = StatementCalculator.calculate(again);
    assertThat(second.toString()).isEqualTo(first.toString());
    assertThat(StatementMapper.toProto(second).toByteString())
        .isEqualTo(StatementMapper.toProto(first).toByteString());
  }

  @Property
  void theYearsSumToTheirComponentsOverTheYears(@ForAll("cases") RandomPackages.Case given) {
    var input = given.input();
    var statement = StatementCalculator.calculate(input);
    var components = new HashMap<String, Money>();
    for (var year : statement.years()) {
      for (var line : year.lines()) {
        if (!line.id().endsWith("_TC")) {
          components.merge(
              line.id().replaceFirst("^year\\.\\d+\\.", ""), line.amount(), Money::plus);
        }
      }
    }
    assertThat(components.values().stream().reduce(Money.zero(input.currency()), Money::plus))
        .isEqualTo(statement.reconciliation().sumOfYears());
    // What is paid once is in one year, whole.
    var printer = new Printer(input.currency(), input.asOf(), input.fx());
    for (var signOn : input.pack().signOns()) {
      assertThat(components.get("SIGN_ON." + signOn.id()))
          .isEqualTo(printer.exact(signOn.amount().exact()).round());
    }
  }

  @Property
  void tokensMoveNothingOfTheEmployersCostButTheirOwnLine(
      @ForAll("cases") RandomPackages.Case one,
      @ForAll("cases") RandomPackages.Case other,
      @ForAll @IntRange(max = 10_000) int rate,
      @ForAll @IntRange(max = 10_000_000) int cap) {
    var input = one.input();
    var changed =
        with(input, tokens(input.pack(), other.input().pack().tokens()), other.input().use());
    var charge =
        new PayrollCharge(
            "rule",
            new Percent(BigDecimal.valueOf(rate, 2)),
            PayrollCharge.Basis.CASH,
            false,
            Optional.of(new Money(BigDecimal.valueOf(cap), input.currency())),
            Checks.EARLIEST_DATE,
            Optional.empty(),
            "somewhere",
            input.asOf(),
            PayrollCharge.Confidence.HIGH);
    var terms = new EmployerTerms.Payroll(List.of(charge), Optional.empty(), true);
    var before = cost(input, terms);
    var after = cost(changed, terms);
    assertThat(after.cash()).isEqualTo(before.cash());
    assertThat(after.charges()).isEqualTo(before.charges());
    assertThat(after.benefits()).isEqualTo(before.benefits());
    assertThat(after.equity()).isEqualTo(before.equity());
    for (var cost : List.of(before, after)) {
      var charged = cost.charges().getFirst().amount().amount().orElseThrow();
      assertThat(charged.signum()).isNotNegative();
      // At most all of the cash, within the rounding of its lines.
      assertThat(cost.cash().amount().plus(threeOf(minorUnit(charged))).isAtLeast(charged))
          .isTrue();
      if (cost.tokens() instanceof Figure.Known(Line tokens)) {
        assertThat(cost.total().amount().orElseThrow().minus(tokens.amount()))
            .isEqualTo(
                cost.cash()
                    .amount()
                    .plus(charged)
                    .plus(cost.benefits().orElseThrow().amount())
                    .plus(cost.equity().orElseThrow().amount()));
      } else {
        assertThat(cost.total().amount()).isEmpty();
      }
    }
  }

  /** Cash has at most five lines, base, bonus and three sign-ons, each rounded by half a unit. */
  private static Money threeOf(Money minorUnit) {
    return minorUnit.plus(minorUnit).plus(minorUnit);
  }

  private static EmployerCost cost(StatementInput input, EmployerTerms terms) {
    return EmployerCostCalculator.calculate(input, StatementCalculator.calculate(input), terms);
  }

  @Property
  void everyLineExplainsItselfAndIsFound(@ForAll("cases") RandomPackages.Case given) {
    var statement = StatementCalculator.calculate(given.input());
    var seen = new HashMap<String, Line>();
    statement.lines().forEach(line -> walk(line, seen));
    for (Map.Entry<String, Line> entry : seen.entrySet()) {
      var line = entry.getValue();
      assertThat(statement.find(entry.getKey())).contains(line);
      assertThat(line.explanation().formula()).isNotBlank();
      assertThat(line.amount().currency()).isEqualTo(given.input().currency());
      assertThat(line.amount().amount().scale())
          .isEqualTo(given.input().currency().getDefaultFractionDigits());
      assertThat(line.original().isPresent())
          .isEqualTo(
              line.explanation().snapshots().stream()
                  .anyMatch(snapshot -> snapshot.kind() == SnapshotRef.Kind.FX_QUOTE));
    }
  }

  // One id never names two different lines.
  private static void walk(Line line, Map<String, Line> seen) {
    var before = seen.put(line.id(), line);
    assertThat(before == null || before.equals(line)).as(line.id()).isTrue();
    line.explanation().parts().forEach(part -> walk(part, seen));
  }

  @Property
  void untilTheStartTheNextTwelveMonthsAreYearOne(@ForAll("cases") RandomPackages.Case given) {
    var statement = StatementCalculator.calculate(given.input());
    if (!given.input().asOf().isAfter(given.input().pack().start())) {
      assertThat(amounts(statement.next12Months()))
          .isEqualTo(amounts(statement.years().getFirst()));
    }
  }

  /** What a list shows of everybody is what each one's own statement says. */
  @Property
  void theFiguresAloneAreThoseOfTheStatement(@ForAll("cases") RandomPackages.Case given) {
    var statement = StatementCalculator.calculate(given.input());
    var figures = StatementCalculator.figures(given.input());

    assertThat(amounts(figures.annualised())).isEqualTo(amounts(statement.annualised()));
    assertThat(figures.years().stream().map(InvariantsTest::amounts).toList())
        .isEqualTo(statement.years().stream().map(InvariantsTest::amounts).toList());
    assertThat(amounts(figures.next12Months())).isEqualTo(amounts(statement.next12Months()));
    assertThat(figures.lenses().map(InvariantsTest::lensAmounts))
        .isEqualTo(statement.lenses().map(InvariantsTest::lensAmounts));
    assertThat(figures.metrics().tokenRatio()).isEqualTo(statement.metrics().tokenRatio());
    assertThat(figures.metrics().consumedRatio()).isEqualTo(statement.metrics().consumedRatio());
    assertThat(figures.metrics().nextOfferAnchor().amount())
        .isEqualTo(statement.metrics().nextOfferAnchor().amount());
    assertThat(figures.computeVersusSalary()).isEqualTo(statement.computeVersusSalary());
    assertThat(figures.warnings()).isEqualTo(statement.warnings());
  }

  private static List<Optional<Money>> lensAmounts(Lenses lenses) {
    return Arrays.stream(Lens.values()).map(lens -> lenses.at(lens).amount()).toList();
  }

  @Property
  void refreshersAreInNoTotal(@ForAll("cases") RandomPackages.Case given) {
    var input = given.input();
    var pack = input.pack();
    var promised =
        new CompensationPackage(
            pack.start(),
            pack.termYears(),
            pack.base(),
            pack.targetBonus(),
            pack.signOns(),
            pack.equity().stream().filter(grant -> !grant.refresher()).toList(),
            pack.benefits(),
            pack.tokens());
    var with = StatementCalculator.calculate(input);
    var without = StatementCalculator.calculate(with(input, promised, input.use()));
    assertThat(without.annualised()).isEqualTo(with.annualised());
    assertThat(without.years()).isEqualTo(with.years());
    assertThat(without.metrics()).isEqualTo(with.metrics());
    assertThat(with.refreshers().annualised())
        .hasSize((int) pack.equity().stream().filter(EquityGrant::refresher).count());
  }

  @Property
  void withoutRatesMixedCurrenciesAreRefused(@ForAll("cases") RandomPackages.Case given) {
    var input = given.input();
    Assume.that(!input.pack().base().amount().currency().equals(input.currency()));
    var noRates =
        new StatementInput(
            input.pack(),
            input.asOf(),
            input.currency(),
            FxTable.NONE,
            input.use(),
            input.loadedCost(),
            input.marginalTax(),
            input.thresholds());
    assertThatThrownBy(() -> StatementCalculator.calculate(noRates))
        .isInstanceOf(RateMissing.class);
  }

  private static void sameButTokens(PackageView one, PackageView other) {
    assertThat(one.base()).isEqualTo(other.base());
    assertThat(one.targetBonus()).isEqualTo(other.targetBonus());
    assertThat(one.signOns()).isEqualTo(other.signOns());
    assertThat(one.equity()).isEqualTo(other.equity());
    assertThat(one.benefits()).isEqualTo(other.benefits());
    assertThat(one.classicTc()).isEqualTo(other.classicTc());
  }

  private static List<Money> amounts(PackageView view) {
    return view.lines().stream().map(Line::amount).toList();
  }

  private static Money minorUnit(Money like) {
    var digits = like.currency().getDefaultFractionDigits();
    return new Money(BigDecimal.ONE.movePointLeft(digits), like.currency());
  }

  private static CompensationPackage tokens(
      CompensationPackage pack, Optional<TokenBudget> tokens) {
    return new CompensationPackage(
        pack.start(),
        pack.termYears(),
        pack.base(),
        pack.targetBonus(),
        pack.signOns(),
        pack.equity(),
        pack.benefits(),
        tokens);
  }

  private static TokenBudget asTool(TokenBudget budget) {
    return Given.terms(
        budget,
        Treatment.TOOL,
        budget.purchase(),
        budget.privateUse(),
        budget.cashConversion(),
        budget.portability());
  }

  private static StatementInput with(StatementInput input, CompensationPackage pack, TokenUse use) {
    return new StatementInput(
        pack,
        input.asOf(),
        input.currency(),
        input.fx(),
        use,
        input.loadedCost(),
        input.marginalTax(),
        input.thresholds());
  }
}
