package dev.fourthpillar.comp.statement;

import static dev.fourthpillar.comp.statement.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.pack.EquityGrant;
import dev.fourthpillar.comp.pack.GrantSize;
import dev.fourthpillar.comp.pack.Instrument;
import dev.fourthpillar.comp.pack.OptionModel;
import dev.fourthpillar.comp.pack.OptionValue;
import dev.fourthpillar.comp.pack.SharePrice;
import dev.fourthpillar.comp.terms.Guarantee;
import dev.fourthpillar.comp.vest.VestSchedule;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Options and virtual shares count with what they would bring, never with what a model says. */
class OptionTest {
  private static final LocalDate START = LocalDate.of(2026, 1, 1);
  private static final OptionModel MODEL =
      new OptionModel(Percent.of("40"), Percent.of("3"), Percent.ZERO);

  @Test
  void aRightIsWorthWhatThePriceIsAboveTheStrike() {
    var statement = Given.base("1").equity(option("10", "25", "0")).statement();

    // 4,800 × (25 - 10), over four years.
    assertThat(statement.annualised().equity().getFirst().amount()).isEqualTo(usd("18000.00"));
    assertThat(statement.years())
        .extracting(year -> year.equity().getFirst().amount())
        .containsOnly(usd("18000.00"));
    assertThat(statement.reconciliation().unexplained().signum()).isZero();
  }

  @Test
  void aRightBelowItsStrikeIsWorthNothingAndNeverLess() {
    var statement = Given.base("1").equity(option("10", "8", "0")).statement();

    assertThat(statement.annualised().equity().getFirst().amount()).isEqualTo(usd("0.00"));
    assertThat(statement.annualised().classicTc().amount()).isEqualTo(usd("1.00"));
  }

  @Test
  void growthIsOfTheShareAndNotOfTheRight() {
    var statement = Given.base("1").equity(option("10", "20", "10")).statement();

    // A year's 1,200 vest on the anniversary: at 22.00, 24.20, 26.62 and 29.282, each less 10.
    assertThat(statement.years())
        .extracting(year -> year.equity().getFirst().amount())
        .containsExactly(usd("14400.00"), usd("17040.00"), usd("19944.00"), usd("23138.40"));
    assertThat(statement.find("year.4.EQUITY.option.FLAT").map(Line::amount))
        .contains(usd("12000.00"));
    assertThat(statement.reconciliation().unexplained().signum()).isZero();
  }

  @Test
  void theModelStandsBesideAndIsAddedToNothing() {
    var with = Given.base("1").equity(option("10", "25", "0")).statement();

    var line = with.annualised().equity().getFirst();
    var beside = with.find("annualised.EQUITY.option.BLACK_SCHOLES").orElseThrow();
    assertThat(line.explanation().parts()).containsExactly(beside);
    assertThat(beside.amount().isAtLeast(line.amount()))
        .as("a right is worth its time too")
        .isTrue();
    assertThat(with.annualised().classicTc().amount()).isEqualTo(usd("18001.00"));
  }

  /** All vests after 365 days; the right ends after 1,826: (365 + 1,826) / 2 / 365 years. */
  @Test
  void theExpectedTermIsHalfwayBetweenVestingAndExpiry() {
    var grant =
        grant(
            new Instrument.Option(
                new Instrument.Terms(usd("10"), LocalDate.of(2031, 1, 1), Optional.of(MODEL))),
            "25",
            "0",
            new VestSchedule(
                START,
                12,
                1,
                0,
                dev.fourthpillar.comp.vest.Allocation.CUMULATIVE_ROUND_DOWN,
                Optional.empty()));

    assertThat(OptionValue.of(grant).orElseThrow().expectedTermYears())
        .isEqualByComparingTo("3.001370");
  }

  @Test
  void aVirtualShareIsAnOptionThatPaysCash() {
    var terms = new Instrument.Terms(usd("10"), START.plusYears(10), Optional.empty());
    var statement =
        Given.base("1")
            .equity(grant(new Instrument.Virtual(terms), "25", "0", yearly()))
            .statement();

    var line = statement.annualised().equity().getFirst();
    assertThat(line.amount()).isEqualTo(usd("18000.00"));
    assertThat(line.explanation().inputs())
        .anySatisfy(input -> assertThat(input.value()).startsWith("VIRTUAL"));
    assertThat(line.explanation().parts()).as("no assumptions, no model").isEmpty();
  }

  @Test
  void aStrikeOfAnotherCurrencyIsRefused() {
    assertThatThrownBy(
            () ->
                grant(
                    new Instrument.Option(
                        new Instrument.Terms(
                            Money.of("10", "EUR"), START.plusYears(10), Optional.empty())),
                    "25",
                    "0",
                    yearly()))
        .hasMessage("instrument.strike: 10.00 EUR (expected: in USD)");
  }

  private static EquityGrant option(String strike, String price, String growth) {
    return grant(
        new Instrument.Option(
            new Instrument.Terms(usd(strike), START.plusYears(10), Optional.of(MODEL))),
        price,
        growth,
        yearly());
  }

  private static VestSchedule yearly() {
    return new VestSchedule(
        START,
        12,
        4,
        0,
        dev.fourthpillar.comp.vest.Allocation.CUMULATIVE_ROUND_DOWN,
        Optional.empty());
  }

  private static EquityGrant grant(
      Instrument instrument, String price, String growth, VestSchedule schedule) {
    return new EquityGrant(
        "option",
        instrument,
        new GrantSize.Shares(4800),
        new SharePrice(usd(price), START, "409A fair market value", Percent.of(growth)),
        START,
        schedule,
        List.of(),
        false,
        Guarantee.CONTRACTUAL);
  }
}
