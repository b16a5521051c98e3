package dev.fourthpillar.comp.statement;

import static dev.fourthpillar.comp.statement.Given.START;
import static dev.fourthpillar.comp.statement.Given.USD;
import static dev.fourthpillar.comp.statement.Given.grant;
import static dev.fourthpillar.comp.statement.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.failure.Invalid;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.pack.Base;
import dev.fourthpillar.comp.pack.Clawback;
import dev.fourthpillar.comp.pack.EquityGrant;
import dev.fourthpillar.comp.pack.GrantSize;
import dev.fourthpillar.comp.pack.Instrument;
import dev.fourthpillar.comp.pack.SharePrice;
import dev.fourthpillar.comp.pack.SignOn;
import dev.fourthpillar.comp.terms.Guarantee;
import dev.fourthpillar.comp.terms.PayPeriod;
import dev.fourthpillar.comp.token.TokenUse;
import dev.fourthpillar.comp.vest.VestSchedule;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Equity, raises, refreshers and the next twelve months. */
final class EquityAndTimeTest {

  private static final VestSchedule FOUR_YEARS = VestSchedule.monthly(START, 48, 12);

  @Test
  void raisesAreRoundedPerYearAndCarried() {
    var base =
        new Base(usd("100000.01"), PayPeriod.YEAR, Percent.of("3.333"), Guarantee.CONTRACTUAL);
    var statement = Given.base(base).bonus("10").statement();
    assertThat(statement.years())
        .extracting(year -> year.base().amount().amount().toPlainString())
        .containsExactly("100000.01", "103333.01", "106777.10", "110335.98");
    assertThat(statement.years().getLast().targetBonus().orElseThrow().amount())
        .isEqualTo(usd("11033.60"));
    var reconciliation = statement.reconciliation();
    assertThat(reconciliation.named().get(Difference.GROWTH)).isEqualTo(usd("22490.67"));
    assertThat(reconciliation.unexplained().signum()).isZero();
  }

  @Test
  void theSharePriceGrowsInStepsAndStandsBesideTheFlatCase() {
    var growing =
        new EquityGrant(
            "rsu",
            new Instrument.Unit(),
            new GrantSize.Shares(4800),
            new SharePrice(usd("25"), START, "last close", Percent.of("10")),
            START,
            FOUR_YEARS,
            List.of(),
            false,
            Guarantee.CONTRACTUAL);
    var statement = Given.base("1").equity(growing).statement();
    var second = statement.years().get(1).equity().getFirst();
    // 1100 shares in the second year at 27.50, and the anniversary's 100 at 30.25.
    assertThat(second.amount()).isEqualTo(usd("33275.00"));
    assertThat(statement.find("year.2.EQUITY.rsu.FLAT").map(Line::amount))
        .contains(usd("30000.00"));
    assertThat(statement.annualised().equity().getFirst().amount()).isEqualTo(usd("30000.00"));
    assertThat(statement.reconciliation().named().get(Difference.PRICE).signum()).isPositive();
    assertThat(statement.reconciliation().unexplained().signum()).isZero();
  }

  @Test
  void anAmountBecomesSharesOnceByFloor() {
    var value = usd("100000");
    var price = usd("33");
    assertThat(new GrantSize.Value(value, price, GrantSize.Conversion.FLOOR).shares())
        .hasToString("3030");
    assertThat(new GrantSize.Value(value, price, GrantSize.Conversion.CEILING).shares())
        .hasToString("3031");
    assertThatThrownBy(
            () -> new GrantSize.Value(usd("1"), Money.of("2", "EUR"), GrantSize.Conversion.FLOOR))
        .hasMessage("conversionPrice: 2.00 EUR (expected: in USD)");
    assertThatThrownBy(() -> new GrantSize.Value(usd("1"), usd("2"), GrantSize.Conversion.FLOOR))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("is 0 shares");
  }

  @Test
  void aThreeYearGrantInAFourYearTermIsAnUnequalTerm() {
    var grant = grant("rsu", 3600, "10", VestSchedule.monthly(START, 36, 0));
    var statement = Given.base("1").equity(grant).statement();
    assertThat(statement.annualised().equity().getFirst().amount()).isEqualTo(usd("12000.00"));
    assertThat(statement.years().getLast().equity().getFirst().amount()).isEqualTo(usd("0.00"));
    assertThat(statement.reconciliation().named().get(Difference.UNEQUAL_TERMS))
        .isEqualTo(usd("-12000.00"));
    assertThat(statement.reconciliation().unexplained().signum()).isZero();
  }

  @Test
  void refreshersStandApartAndTheFallIsShown() {
    var refresher =
        new EquityGrant(
            "refresh",
            new Instrument.Unit(),
            new GrantSize.Shares(480),
            SharePrice.flat(usd("100"), START),
            START.plusYears(1),
            VestSchedule.monthly(START.plusYears(1), 48, 0),
            List.of(),
            true,
            Guarantee.ASSUMED);
    var statement =
        Given.base("1").equity(grant("first", 4800, "25", FOUR_YEARS), refresher).statement();
    assertThat(statement.refreshers().guaranteed()).isFalse();
    assertThat(statement.refreshers().perYear())
        .extracting(line -> line.amount().amount().intValueExact())
        .containsExactly(0, 12000, 12000, 12000);
    var fall = statement.refreshers().fall().orElseThrow();
    assertThat(fall.lastVest()).isEqualTo(START.plusYears(4));
    assertThat(fall.before().amount()).isEqualTo(usd("30000.00"));
    assertThat(fall.after().amount()).isEqualTo(usd("0.00"));
    assertThat(fall.fall().amount()).isEqualTo(usd("30000.00"));
    assertThat(fall.refreshersAfter().amount()).isEqualTo(usd("12000.00"));
    assertThatThrownBy(
            () ->
                new EquityGrant(
                    "promised",
                    new Instrument.Unit(),
                    refresher.size(),
                    refresher.price(),
                    START,
                    FOUR_YEARS,
                    List.of(),
                    true,
                    Guarantee.CONTRACTUAL))
        .hasMessage("guarantee: CONTRACTUAL (expected: DISCRETIONARY or ASSUMED for a refresher)");
  }

  @Test
  void theNextTwelveMonthsBeginAfterTheAsOfDate() {
    var base = new Base(usd("100000"), PayPeriod.YEAR, Percent.of("10"), Guarantee.CONTRACTUAL);
    var pack =
        Given.base(base)
            .signOns(SignOn.contractual("s", usd("5000"), START.plusMonths(6)))
            .equity(grant("rsu", 4800, "25", FOUR_YEARS))
            .pack();
    var asOf = LocalDate.of(2026, 7, 1); // sign-on paid on this very day: it is not ahead
    var ntm =
        StatementCalculator.calculate(
                StatementInput.of(pack, asOf, USD, FxTable.NONE, new TokenUse.NotStated()))
            .next12Months();
    // 183 days of 2026 left at 100,000, then 182 days at 110,000.
    assertThat(ntm.base().amount()).isEqualTo(usd("104986.30"));
    assertThat(ntm.signOns().getFirst().amount()).isEqualTo(usd("0.00"));
    // The cliff of January and the five months after, February to July: 1200 + 6 × 100.
    assertThat(ntm.equity().getFirst().amount()).isEqualTo(usd("45000.00"));
  }

  @Test
  void anAmountOutOfRangeNamesItsLine() {
    var huge = grant("rsu", 1_000_000_000, "9000000", FOUR_YEARS);
    assertThatThrownBy(() -> Given.base("1").equity(huge).statement())
        .isInstanceOf(Invalid.class)
        .hasMessageStartingWith("annualised.EQUITY.rsu.amount: 2250000000000000.00");
  }

  @Test
  void aPaymentOutsideOfTheTermIsRefused() {
    assertThatThrownBy(
            () ->
                Given.base("1")
                    .signOns(SignOn.contractual("s", usd("1"), START.plusYears(4).plusDays(1))))
        .hasMessage(
            "signOns[0].paidOn: 2030-01-02 (expected: in the term, 2026-01-01 to 2030-01-01)");
  }

  @ParameterizedTest
  @CsvSource({
    "WHOLE_MONTHS, 2025-12-31, 0.00", // not paid yet
    "WHOLE_MONTHS, 2026-01-01, 24000.00", // served a day, no whole month
    "WHOLE_MONTHS, 2026-01-30, 24000.00",
    "WHOLE_MONTHS, 2026-01-31, 23000.00", // the last day counts: January is served
    "WHOLE_MONTHS, 2027-12-31, 0.00",
    "WHOLE_MONTHS, 2029-01-01, 0.00",
    "DAYS, 2026-01-01, 23967.12",
    "DAYS, 2026-12-31, 12000.00",
    "DAYS, 2030-01-01, 0.00",
  })
  void clawback(Clawback.Counting counting, LocalDate lastDay, String owed) {
    var liability = new Clawback(24, counting).liability(usd("24000"), START, lastDay).round();
    assertThat(liability).isEqualTo(usd(owed));
  }
}
