package dev.fourthpillar.comp.statement;

import static dev.fourthpillar.comp.statement.Given.START;
import static dev.fourthpillar.comp.statement.Given.USD;
import static dev.fourthpillar.comp.statement.Given.consumed;
import static dev.fourthpillar.comp.statement.Given.grant;
import static dev.fourthpillar.comp.statement.Given.quote;
import static dev.fourthpillar.comp.statement.Given.terms;
import static dev.fourthpillar.comp.statement.Given.toolOf;
import static dev.fourthpillar.comp.statement.Given.usd;
import static dev.fourthpillar.comp.statement.Given.utilised;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.money.Ratio;
import dev.fourthpillar.comp.pack.Base;
import dev.fourthpillar.comp.pack.SignOn;
import dev.fourthpillar.comp.proration.AnnualAmount;
import dev.fourthpillar.comp.proration.Proration;
import dev.fourthpillar.comp.token.Entitlement;
import dev.fourthpillar.comp.token.Portability;
import dev.fourthpillar.comp.token.PrivateUse;
import dev.fourthpillar.comp.token.PurchaseModel;
import dev.fourthpillar.comp.token.TokenBudget;
import dev.fourthpillar.comp.token.TokenUse;
import dev.fourthpillar.comp.token.Treatment;
import dev.fourthpillar.comp.vest.Allocation;
import dev.fourthpillar.comp.vest.VestSchedule;
import dev.fourthpillar.comp.vest.YearlyPercents;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The worked compensation cases, to the cent. (6, 7, 8, 10 and 12 are in vest and proration.) */
final class CompensationCasesTest {

  @Test
  void case1_fourthComponent() {
    var statement = Given.base("375000").tokens(toolOf("100000")).statement();
    is(statement.annualised().headline().total(), "475000.00");
    assertThat(statement.annualised().classicTc().amount()).isEqualTo(usd("375000.00"));
    is(statement.metrics().tokenShare(), "21.05 %");
    is(statement.metrics().tokenRatio(), "26.67 %");
    assertThat(statement.annualised().headline().label())
        .isEqualTo("incl. compute at face value, not pay you keep");
  }

  @Test
  void case2_halfOfBase() {
    var half = TokenBudget.tool(new Entitlement.PercentOfBase(Percent.of("50")));
    var budget =
        new TokenBudget(
            half.entitlement(),
            half.recurrence(),
            half.guarantee(),
            half.treatment(),
            half.purchase(),
            half.privateUse(),
            half.cashConversion(),
            half.portability(),
            Optional.of(usd("250000")),
            false);
    var statement = Given.base("500000").tokens(budget).statement(consumed("5000"));
    is(statement.annualised().tokensAtFace(), "250000.00");
    is(statement.annualised().headline().total(), "750000.00");
    var metrics = statement.metrics();
    is(metrics.tokenRatio(), "50.00 %");
    is(metrics.tokenShare(), "33.33 %");
    is(metrics.outputMultiplierAtFace(), "1.5000");
    assertThat(metrics.outputBasis()).isEqualTo(Metrics.OutputBasis.BASE);
    is(metrics.expectedConsumption(), "250000.00");
    is(metrics.consumedRatio(), "1.00 %");
    is(metrics.shortfall(), "245000.00");
  }

  @Test
  void case3_fiveLensesPayAsYouGo() {
    var budget =
        terms(
            toolOf("100000"),
            Treatment.TOOL,
            new PurchaseModel.PayAsYouGo(Percent.of("40")),
            new PrivateUse.Unknown(),
            Percent.ZERO,
            new Portability.None());
    var statement = Given.base("375000").tokens(budget).statement(utilised("70"));
    var lenses = statement.lenses().orElseThrow();
    is(lenses.face(), "100000.00");
    is(lenses.consumed(), "70000.00");
    is(lenses.employerCost(), "42000.00");
    is(lenses.realizable(), "0.00");
    is(lenses.portable(), "0.00");
    is(statement.metrics().headlineInflation(), "58000.00");
    is(statement.metrics().headlineInflationPercent(), "58.00 %");
  }

  @Test
  void case5_carriedTokensAreNoNewCompensation() {
    // Whatever is carried is balance of the ledger; the grant stays the compensation figure.
    var statement = Given.base("375000").tokens(toolOf("100000")).statement(consumed("60000"));
    is(statement.lenses().orElseThrow().unspent(), "40000.00");
    for (var year : statement.years()) {
      is(year.tokensAtFace(), "100000.00");
    }
  }

  @Test
  void case7_yearsOfTheOfferAtOneDollarAShare() {
    var schedule = VestSchedule.monthly(START, 48, 12);
    var statement = Given.base("1").equity(grant("rsu", 1003, "1", schedule)).statement();
    assertThat(statement.years())
        .extracting(year -> year.equity().getFirst().amount().amount().intValueExact())
        .containsExactly(250, 251, 251, 251);
  }

  @Test
  void case9_unevenYearsWithSignOn() {
    var schedule = VestSchedule.yearly(START, YearlyPercents.of("5", "15", "40", "40"));
    var statement =
        Given.base("160000")
            .equity(grant("rsu", 1000, "200", schedule))
            .signOns(
                SignOn.contractual("first", usd("60000"), START),
                SignOn.contractual("second", usd("40000"), START.plusMonths(18)))
            .statement();
    classics(statement, "230000.00", "230000.00", "240000.00", "240000.00");
    assertThat(statement.annualised().classicTc().amount()).isEqualTo(usd("235000.00"));
    reconciles(statement, "0.00");
  }

  @Test
  void case11_twoViews() {
    var schedule =
        new VestSchedule(START, 3, 16, 0, Allocation.CUMULATIVE_ROUND_DOWN, Optional.empty());
    var statement =
        Given.base("200000")
            .bonus("15")
            .signOns(SignOn.contractual("sign-on", usd("40000"), START.plusDays(30)))
            .equity(grant("rsu", 4000, "50", schedule))
            .tokens(toolOf("60000"))
            .statement();
    assertThat(statement.years())
        .extracting(year -> year.headline().total().amount().orElseThrow())
        .containsExactly(usd("380000"), usd("340000"), usd("340000"), usd("340000"));
    is(statement.annualised().headline().total(), "350000.00");
    is(statement.years().getFirst().tokenShare(), "15.79 %");
    is(statement.annualised().tokenShare(), "17.14 %");
    reconciles(statement, "0.00");
    is(statement.next12Months().headline().total(), "380000.00");
  }

  @Test
  void case13_leaver() {
    var leaver = LeaverCalculator.calculate(leaving("2026-07-31", new Portability.None()));
    assertThat(leaver.earnedBase().total().amount()).isEqualTo(usd("104547.95"));
    var equity = leaver.equity().getFirst();
    assertThat(equity.vested()).hasToString("1800");
    assertThat(equity.kept().amount()).isEqualTo(usd("45000.00"));
    assertThat(equity.unvested()).hasToString("3000");
    assertThat(equity.forfeited().amount()).isEqualTo(usd("75000.00"));
    is(leaver.tokensKept(), "0.00");
    is(leaver.tokensForfeited(), "60000.00");
    assertThat(leaver.nextOfferAnchor().amount()).isEqualTo(usd("210000.00"));

    var portable = new Portability.Fixed(Percent.of("25"));
    is(LeaverCalculator.calculate(leaving("2026-07-31", portable)).tokensKept(), "15000.00");

    assertThat(vestedOn("2026-01-14")).isEqualTo("0");
    assertThat(vestedOn("2026-01-15")).isEqualTo("1200");
  }

  private static String vestedOn(String lastDay) {
    var leaver = LeaverCalculator.calculate(leaving(lastDay, new Portability.None()));
    return leaver.equity().getFirst().vested().toString();
  }

  private static LeaverInput leaving(String lastDay, Portability portability) {
    var start = LocalDate.of(2025, 1, 15);
    var budget =
        terms(
            toolOf("90000"),
            Treatment.MIXED,
            new PurchaseModel.PayAsYouGo(Percent.ZERO),
            new PrivateUse.Unknown(),
            Percent.ZERO,
            portability);
    var pack =
        Given.base("180000")
            .startingOn(start)
            .equity(grant("rsu", 4800, "25", VestSchedule.monthly(start, 48, 12)))
            .tokens(budget)
            .pack();
    return new LeaverInput(
        StatementInput.of(
            pack, LocalDate.parse(lastDay), USD, quote("USD", "SEK", "10"), consumed("30000")),
        start,
        List.of(AnnualAmount.of(start, usd("180000"))),
        Proration.CALENDAR_DAYS_ACTUAL);
  }

  @Test
  void case14_fxDrift() {
    var dollars = swede("10.50", "USD");
    assertThat(dollars.annualised().base().amount()).isEqualTo(usd("68571.43"));
    assertThat(dollars.annualised().base().original()).contains(Money.of("720000", "SEK"));
    is(dollars.metrics().tokenShare(), "52.24 %");
    var kronor = swede("10.50", "SEK");
    is(kronor.annualised().tokensAtFace(), "787500.00");
    is(kronor.metrics().tokenShare(), "52.24 %");
    is(swede("9.45", "SEK").annualised().tokensAtFace(), "708750.00");
    // 75,000 dollars of use against 720,000 kronor: the flag turns with the rate.
    assertThat(kronor.computeVersusSalary()).isEqualTo(ComputeVersusSalary.COMPUTE_EXCEEDS_SALARY);
    assertThat(swede("9.45", "SEK").computeVersusSalary())
        .isEqualTo(ComputeVersusSalary.COMPUTE_NEARS_SALARY);
  }

  private static Statement swede(String rate, String currency) {
    var pack = Given.base(Base.yearly(Money.of("720000", "SEK"))).tokens(toolOf("75000")).pack();
    return StatementCalculator.calculate(
        StatementInput.of(
            pack,
            START,
            Currency.getInstance(currency),
            quote("USD", "SEK", rate),
            new TokenUse.Utilisation(Percent.HUNDRED)));
  }

  @Test
  void case15_tiesGoUpOnTheLineToo() {
    var statement = Given.base("100.20").bonus("12.5").statement();
    assertThat(statement.annualised().targetBonus().orElseThrow().amount()).isEqualTo(usd("12.53"));
    var yen =
        StatementCalculator.calculate(
            StatementInput.of(
                Given.base("100.55").pack(),
                START,
                Currency.getInstance("JPY"),
                quote("USD", "JPY", "150.00"),
                new TokenUse.NotStated()));
    assertThat(yen.annualised().base().amount()).hasToString("15083 JPY");
  }

  private static void is(Figure figure, String amount) {
    assertThat(figure.amount().map(money -> money.amount().toPlainString())).contains(amount);
  }

  private static void is(Ratio ratio, String expected) {
    assertThat(ratio).hasToString(expected);
  }

  private static void classics(Statement statement, String... expected) {
    assertThat(statement.years())
        .extracting(year -> year.classicTc().amount().amount().toPlainString())
        .containsExactly(expected);
  }

  private static void reconciles(Statement statement, String difference) {
    var reconciliation = statement.reconciliation();
    assertThat(reconciliation.difference()).isEqualTo(usd(difference));
    assertThat(reconciliation.unexplained().signum()).isZero();
  }
}
