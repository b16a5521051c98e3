package dev.fourthpillar.comp.entitle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.pack.Base;
import dev.fourthpillar.comp.pack.CompensationPackage;
import dev.fourthpillar.comp.terms.Guarantee;
import dev.fourthpillar.comp.terms.PayPeriod;
import dev.fourthpillar.comp.terms.Recurrence;
import dev.fourthpillar.comp.token.Entitlement;
import dev.fourthpillar.comp.token.Entitlement.FixedMoney;
import dev.fourthpillar.comp.token.Entitlement.PercentOfBase;
import dev.fourthpillar.comp.token.Portability;
import dev.fourthpillar.comp.token.TokenBudget;
import dev.fourthpillar.comp.token.Treatment;
import dev.fourthpillar.comp.vest.Allocation;
import dev.fourthpillar.comp.vest.VestSchedule;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What a timeline of packages entitles to. */
final class EntitlementsTest {
  private static final LocalDate START = LocalDate.parse("2026-01-01");

  @Test
  void anAmountIsEntitledAsStatedUntilFurtherNotice() {
    assertThat(of(stretch("2026-01-01", fixed("100000"))))
        .containsExactly("annual-2026-01-01 2026-01-01.. ANNUAL 100000.00 USD");
  }

  @Test
  void aPercentageBecomesTheAmountOfEachYearOfTheTerm() {
    // 100,000 + 3 % a year is 103,000, 106,090 and 109,272.70; half of it is entitled.
    assertThat(of(stretch("2026-01-01", growing("100000", "3", "50"))))
        .containsExactly(
            "annual-2026-01-01 2026-01-01..2026-12-31 ANNUAL 50000.00 USD",
            "annual-2027-01-01 2027-01-01..2027-12-31 ANNUAL 51500.00 USD",
            "annual-2028-01-01 2028-01-01..2028-12-31 ANNUAL 53045.00 USD",
            "annual-2029-01-01 2029-01-01.. ANNUAL 54636.35 USD");
  }

  @Test
  void aPackageThatTakesEffectLaterBeginsInTheYearItIs() {
    assertThat(
            of(
                stretch("2027-07-01", growing("100000", "3", "50")),
                stretch("2028-02-01", growing("100000", "0", "33.333"))))
        .containsExactly(
            "annual-2027-07-01 2027-07-01..2027-12-31 ANNUAL 51500.00 USD",
            "annual-2028-01-01 2028-01-01..2028-01-31 ANNUAL 53045.00 USD",
            "annual-2028-02-01 2028-02-01.. ANNUAL 33333.00 USD");
    assertThat(of(stretch("2033-01-01", growing("100000", "3", "50"))))
        .as("after the term")
        .containsExactly("annual-2033-01-01 2033-01-01.. ANNUAL 54636.35 USD");
  }

  @Test
  void theAmountIsRoundedHalfUpOnce() {
    // 12.5 % of 100,000.04 is 12,500.005.
    assertThat(of(stretch("2026-01-01", growing("100000.04", "0", "12.5"))))
        .containsExactly("annual-2026-01-01 2026-01-01.. ANNUAL 12500.01 USD");
  }

  @Test
  void aRaiseThatLeavesTheBudgetAloneIsNotVisible() {
    assertThat(
            of(
                stretch("2026-01-01", growing("100000", "0", "50")),
                stretch("2026-07-01", growing("200000", "0", "25")),
                stretch("2026-09-01", fixed("50000"))))
        .containsExactly("annual-2026-01-01 2026-01-01.. ANNUAL 50000.00 USD");
  }

  @Test
  void withoutABudgetThereIsNoSegment() {
    assertThat(
            of(
                stretch("2026-01-01", fixed("10")),
                stretch("2026-04-01", pack(base("100000", "0"), Optional.empty())),
                stretch("2026-07-01", fixed("10"))))
        .containsExactly(
            "annual-2026-01-01 2026-01-01..2026-03-31 ANNUAL 10.00 USD",
            "annual-2026-07-01 2026-07-01.. ANNUAL 10.00 USD");
  }

  @Test
  void whatIsGrantedOnceIsNotGrantedAgainByAnotherPackageOfTheContract() {
    CompensationPackage once = once(new FixedMoney(Money.of("9000", "USD")), START);
    CompensationPackage more = once(new FixedMoney(Money.of("500", "USD")), START);
    CompensationPackage renewed =
        once(new FixedMoney(Money.of("9000", "USD")), LocalDate.parse("2027-01-01"));

    assertThat(
            of(
                stretch("2026-01-01", once),
                stretch("2026-03-01", once),
                stretch("2026-06-01", more),
                stretch("2027-01-01", renewed)))
        .containsExactly(
            "once-2026-01-01 2026-01-01..2026-05-31 ONE_OFF 9000.00 USD",
            "once-2026-01-01-2026-06-01 2026-06-01..2026-12-31 ONE_OFF 500.00 USD",
            "once-2027-01-01 2027-01-01.. ONE_OFF 9000.00 USD");
    assertThat(of(stretch("2026-02-01", once)))
        .as("another first day, the same lot")
        .containsExactly("once-2026-01-01 2026-02-01.. ONE_OFF 9000.00 USD");
  }

  @Test
  void aPercentageThatIsGrantedOnceIsOfThatYearsBase() {
    assertThat(
            of(
                stretch(
                    "2027-05-01",
                    pack(
                        base("100000", "3"),
                        Optional.of(
                            budget(
                                new PercentOfBase(Percent.of("50")),
                                Recurrence.ONE_OFF,
                                Treatment.TOOL,
                                new Portability.None()))))))
        .containsExactly("once-2026-01-01 2027-05-01.. ONE_OFF 51500.00 USD");
  }

  @Test
  void whatSurvivesAnExitIsToldByDate() {
    var vesting =
        new Portability.Vesting(
            Percent.of("60"),
            new VestSchedule(START, 3, 4, 0, Allocation.FRACTIONAL, Optional.empty()),
            START);

    assertThat(rows(Treatment.PAY, vesting))
        .containsExactly(
            "2026-04-01 15 %", "2026-07-01 30 %", "2026-10-01 45 %", "2027-01-01 60 %");
    assertThat(rows(Treatment.MIXED, new Portability.Fixed(Percent.of("33.3333335"))))
        .containsExactly("2026-01-01 33.333334 %");
    assertThat(rows(Treatment.PAY, new Portability.Fixed(Percent.ZERO))).isEmpty();
    assertThat(rows(Treatment.TOOL, vesting)).as("of a tool nothing does").isEmpty();
  }

  @Test
  void quantitiesPoolsAndNoLimitAreEntitledAsTheyAre() {
    var line = new Entitlement.QuantityLine("anthropic", "claude", "input", BigDecimal.TEN);
    var quantity =
        new Entitlement.FixedQuantity(List.of(line), Money.of("1", "USD"), START, "seed");

    assertThat(granted(quantity)).isEqualTo(new Granted.Quantities(List.of(line)));
    assertThat(granted(new Entitlement.PooledShare())).isEqualTo(new Granted.Pooled());
    assertThat(granted(new Entitlement.Uncapped())).isEqualTo(new Granted.Uncapped());
  }

  @Property
  void twoPackagesThatGrantTheSameLookTheSame(
      @ForAll @IntRange(min = 1, max = 1_000_000) int base,
      @ForAll @IntRange(min = 1, max = 10) int factor) {
    var large = growing(Integer.toString(base * factor), "0", "10");
    var small = growing(Integer.toString(base), "0", Integer.toString(10 * factor));

    assertThat(Entitlements.of(List.of(stretch("2026-03-01", large))))
        .isEqualTo(Entitlements.of(List.of(stretch("2026-03-01", small))));
  }

  private static Granted granted(Entitlement entitlement) {
    var tokens = TokenBudget.tool(entitlement);
    return Entitlements.of(
            List.of(stretch("2026-01-01", pack(base("100000", "0"), Optional.of(tokens)))))
        .getFirst()
        .granted();
  }

  private static List<String> rows(Treatment treatment, Portability portability) {
    var tokens =
        budget(new FixedMoney(Money.of("10", "USD")), Recurrence.ANNUAL, treatment, portability);
    return Entitlements.of(
            List.of(stretch("2026-01-01", pack(base("100000", "0"), Optional.of(tokens)))))
        .getFirst()
        .portability()
        .stream()
        .map(row -> row.date() + " " + row.cumulative())
        .toList();
  }

  private static List<String> of(Stretch... timeline) {
    return Entitlements.of(List.of(timeline)).stream()
        .map(
            segment ->
                "%s %s..%s %s %s"
                    .formatted(
                        segment.id(),
                        segment.from(),
                        segment.until().map(LocalDate::toString).orElse(""),
                        segment.recurrence(),
                        ((Granted.Amount) segment.granted()).money()))
        .toList();
  }

  private static Stretch stretch(String from, CompensationPackage pack) {
    return new Stretch(LocalDate.parse(from), pack);
  }

  private static CompensationPackage fixed(String amount) {
    return pack(
        base("100000", "0"),
        Optional.of(TokenBudget.tool(new FixedMoney(Money.of(amount, "USD")))));
  }

  private static CompensationPackage growing(String base, String growth, String percent) {
    return pack(
        base(base, growth), Optional.of(TokenBudget.tool(new PercentOfBase(Percent.of(percent)))));
  }

  private static CompensationPackage once(Entitlement entitlement, LocalDate start) {
    return new CompensationPackage(
        start,
        CompensationPackage.DEFAULT_TERM_YEARS,
        base("100000", "0"),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.of(
            budget(entitlement, Recurrence.ONE_OFF, Treatment.TOOL, new Portability.None())));
  }

  private static Base base(String amount, String growth) {
    return new Base(
        Money.of(amount, "USD"), PayPeriod.YEAR, Percent.of(growth), Guarantee.CONTRACTUAL);
  }

  private static CompensationPackage pack(Base base, Optional<TokenBudget> tokens) {
    return new CompensationPackage(
        START,
        CompensationPackage.DEFAULT_TERM_YEARS,
        base,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        tokens);
  }

  private static TokenBudget budget(
      Entitlement entitlement,
      Recurrence recurrence,
      Treatment treatment,
      Portability portability) {
    var tool = TokenBudget.tool(entitlement);
    return new TokenBudget(
        entitlement,
        recurrence,
        tool.guarantee(),
        treatment,
        tool.purchase(),
        tool.privateUse(),
        tool.cashConversion(),
        portability,
        tool.expectedConsumption(),
        tool.overageAllowed());
  }
}
