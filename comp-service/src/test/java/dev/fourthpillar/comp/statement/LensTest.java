package dev.fourthpillar.comp.statement;

import static dev.fourthpillar.comp.statement.Given.START;
import static dev.fourthpillar.comp.statement.Given.consumed;
import static dev.fourthpillar.comp.statement.Given.terms;
import static dev.fourthpillar.comp.statement.Given.toolOf;
import static dev.fourthpillar.comp.statement.Given.usd;
import static dev.fourthpillar.comp.statement.Given.utilised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.comp.failure.Invalid;
import dev.fourthpillar.comp.lens.Lenses;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.money.Absence;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.money.Ratio;
import dev.fourthpillar.comp.token.Entitlement;
import dev.fourthpillar.comp.token.MeteredTokens;
import dev.fourthpillar.comp.token.Portability;
import dev.fourthpillar.comp.token.PrivateUse;
import dev.fourthpillar.comp.token.PurchaseModel;
import dev.fourthpillar.comp.token.TokenBudget;
import dev.fourthpillar.comp.token.TokenUse;
import dev.fourthpillar.comp.token.Treatment;
import dev.fourthpillar.comp.vest.Allocation;
import dev.fourthpillar.comp.vest.VestSchedule;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The token component, lens by lens. */
final class LensTest {

  private static final PurchaseModel AT_LIST = new PurchaseModel.PayAsYouGo(Percent.ZERO);

  @Test
  void takeOrPay_theUnusedPartStandsOnItsOwn() {
    var purchase = new PurchaseModel.TakeOrPay(usd("100000"), Percent.of("30"));
    var lenses = lenses(mixed(purchase, new PrivateUse.Unknown()), utilised("60"));
    is(lenses.employerCost(), "70000.00");
    is(lenses.unusedCommitment().orElseThrow(), "28000.00");
    assertThat(Given.base("1").tokens(toolOf("1")).statement().lenses().orElseThrow())
        .extracting(Lenses::unusedCommitment)
        .isEqualTo(Optional.empty());
  }

  @Test
  void takeOrPay_useBeyondTheCommitmentIsPaidToo() {
    var purchase = new PurchaseModel.TakeOrPay(usd("50000"), Percent.of("30"));
    var lenses = lenses(mixed(purchase, new PrivateUse.Unknown()), utilised("60"));
    is(lenses.employerCost(), "42000.00");
    is(lenses.unusedCommitment().orElseThrow(), "0.00");
  }

  @Test
  void realizable_countsPrivateUseAndWhatIsPaidOut() {
    var budget =
        terms(
            toolOf("100000"),
            Treatment.PAY,
            AT_LIST,
            new PrivateUse.Known(Percent.of("10")),
            Percent.of("50"),
            new Portability.None());
    is(lenses(budget, utilised("70")).realizable(), "22000.00");
  }

  @Test
  void unknownPrivateUseNeedsAReviewAndIsNoZero() {
    var budget = mixed(AT_LIST, new PrivateUse.Unknown());
    var statement = Given.base("375000").tokens(budget).statement(utilised("70"));
    assertThat(statement.lenses().orElseThrow().realizable())
        .isEqualTo(new Figure.NeedsReview(Absence.PRIVATE_USE_UNKNOWN));
    assertThat(statement.metrics().honestyGap())
        .isEqualTo(new Ratio.Undefined(Absence.PRIVATE_USE_UNKNOWN));
    assertThat(statement.warnings()).containsExactly(Warning.NEEDS_REVIEW);
  }

  @Test
  void consumptionThatNobodyStatedIsAbsent() {
    var statement =
        Given.base("375000").tokens(mixed(AT_LIST, new PrivateUse.Unknown())).statement();
    var absent = new Figure.Absent(Absence.CONSUMPTION_NOT_STATED);
    var lenses = statement.lenses().orElseThrow();
    assertThat(lenses.consumed()).isEqualTo(absent);
    assertThat(lenses.employerCost()).isEqualTo(absent);
    assertThat(lenses.unspent()).isEqualTo(absent);
    assertThat(statement.metrics().handcuffCost()).isEqualTo(absent);
    assertThat(statement.computeVersusSalary()).isEqualTo(ComputeVersusSalary.UNDECIDED);
  }

  @Test
  void uncappedHasNoFaceAndSoNoHeadline() {
    var statement =
        Given.base("375000")
            .tokens(TokenBudget.tool(new Entitlement.Uncapped()))
            .statement(consumed("400000"));
    var absent = new Figure.Absent(Absence.FACE_UNDEFINED);
    assertThat(statement.annualised().tokensAtFace()).isEqualTo(absent);
    assertThat(statement.annualised().headline().total()).isEqualTo(absent);
    assertThat(statement.metrics().tokenShare())
        .isEqualTo(new Ratio.Undefined(Absence.FACE_UNDEFINED));
    is(statement.lenses().orElseThrow().consumed(), "400000.00");
    assertThat(statement.computeVersusSalary())
        .isEqualTo(ComputeVersusSalary.COMPUTE_EXCEEDS_SALARY);
    assertThat(statement.annualised().classicTc().amount()).isEqualTo(usd("375000"));
  }

  @Test
  void aPlaceAtAPoolIsNoEntitlementAndItsUseIsFundedByTheEmployer() {
    var lenses = lenses(TokenBudget.tool(new Entitlement.PooledShare()), consumed("40000"));
    is(lenses.face(), "0.00");
    is(lenses.consumed(), "0.00");
    is(lenses.employerFunded(), "40000.00");
  }

  @Test
  void useBeyondTheBudgetHasToBeDeclared() {
    assertThatThrownBy(() -> lenses(toolOf("100"), utilised("101")))
        .isInstanceOf(Invalid.class)
        .hasMessage("use.percent: 101 % (expected: at most 100 %, since no overage is declared)");
    var lenses = lenses(overage(toolOf("100000")), consumed("130000"));
    is(lenses.consumed(), "130000.00");
    is(lenses.overage(), "30000.00");
    is(lenses.unspent(), "0.00");
  }

  @Test
  void meteredChargesAreTakenAsTheyAre() {
    var metered =
        new MeteredTokens(
            usd("70000"),
            usd("5000"),
            usd("44000"),
            usd("12000"),
            Optional.of(usd("30000")),
            Optional.of(usd("7000")),
            "budget:42");
    var budget =
        terms(
            toolOf("100000"),
            Treatment.PAY,
            new PurchaseModel.PayAsYouGo(Percent.of("40")),
            new PrivateUse.Known(Percent.of("10")),
            Percent.of("50"),
            new Portability.Fixed(Percent.of("99")));
    var lenses = lenses(budget, new TokenUse.Metered(metered));
    is(lenses.consumed(), "75000.00");
    is(lenses.overage(), "5000.00");
    is(lenses.employerFunded(), "12000.00");
    is(lenses.employerCost(), "44000.00");
    is(lenses.realizable(), "22500.00");
    is(lenses.portable(), "7000.00");
    assertThat(lenses.portable().known().orElseThrow().explanation().snapshots())
        .singleElement()
        .hasToString(
            "SnapshotRef[kind=METERED_CHARGES, id=budget:42, description=charges up to"
                + " budget:42]");
  }

  @Test
  void whatIsLeftIsAbsentUntilABalanceIsTold() {
    var metered =
        new MeteredTokens(
            usd("70000"),
            usd("0"),
            usd("44000"),
            usd("0"),
            Optional.empty(),
            Optional.empty(),
            "budget:42");
    var budget =
        terms(
            toolOf("100000"),
            Treatment.PAY,
            AT_LIST,
            new PrivateUse.Known(Percent.of("10")),
            Percent.of("50"),
            new Portability.Fixed(Percent.of("99")));
    var lenses = lenses(budget, new TokenUse.Metered(metered));
    var absent = new Figure.Absent(Absence.BALANCE_NOT_TOLD);
    is(lenses.consumed(), "70000.00");
    assertThat(lenses.unspent()).isEqualTo(absent);
    assertThat(lenses.realizable()).isEqualTo(absent);
    assertThat(lenses.portable()).isEqualTo(absent);
  }

  @Test
  void portabilityVestsOnTheEngineThatVestsShares() {
    var schedule = new VestSchedule(START, 1, 48, 12, Allocation.FRACTIONAL, Optional.empty());
    var portability = new Portability.Vesting(Percent.of("50"), schedule, START);
    assertThat(portability.rows()).hasSize(37);
    assertThat(portability.rows().getFirst())
        .isEqualTo(new Portability.Row(START.plusYears(1), Percent.of("12.5")));
    assertThat(portability.rows().get(1).cumulative()).isEqualTo(Percent.of("13.541667"));
    assertThat(portability.rows().getLast())
        .isEqualTo(new Portability.Row(START.plusYears(4), Percent.of("50")));
    assertThat(portability.on(START.plusYears(1).minusDays(1))).isEqualTo(Percent.ZERO);
    assertThat(portability.on(START.plusYears(1))).isEqualTo(Percent.of("12.5"));
  }

  @Test
  void aToolThatPaysOutContradictsItself() {
    var budget =
        terms(
            toolOf("100000"),
            Treatment.TOOL,
            AT_LIST,
            new PrivateUse.Known(Percent.HUNDRED),
            Percent.HUNDRED,
            new Portability.Fixed(Percent.HUNDRED));
    var statement = Given.base("375000").tokens(budget).statement(utilised("70"));
    is(statement.lenses().orElseThrow().realizable(), "0.00");
    is(statement.lenses().orElseThrow().portable(), "0.00");
    assertThat(statement.warnings()).containsExactly(Warning.TOOL_CONTRADICTS_TERMS);
  }

  private static Lenses lenses(TokenBudget budget, TokenUse use) {
    return Given.base("375000").tokens(budget).statement(use).lenses().orElseThrow();
  }

  private static TokenBudget mixed(PurchaseModel purchase, PrivateUse privateUse) {
    return terms(
        toolOf("100000"),
        Treatment.MIXED,
        purchase,
        privateUse,
        Percent.ZERO,
        new Portability.None());
  }

  private static TokenBudget overage(TokenBudget budget) {
    return new TokenBudget(
        budget.entitlement(),
        budget.recurrence(),
        budget.guarantee(),
        budget.treatment(),
        budget.purchase(),
        budget.privateUse(),
        budget.cashConversion(),
        budget.portability(),
        budget.expectedConsumption(),
        true);
  }

  private static void is(Figure figure, String amount) {
    assertThat(figure.amount().map(money -> money.amount().toPlainString())).contains(amount);
  }
}
