package dev.fourthpillar.budget.period;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.period.Entitlement.Recurrence;
import dev.fourthpillar.budget.period.PlannedLot.Part;
import dev.fourthpillar.budget.person.Employment;
import dev.fourthpillar.budget.person.Person;
import dev.fourthpillar.budget.plan.Cadence;
import dev.fourthpillar.budget.plan.Plan;
import dev.fourthpillar.budget.plan.PlanHistory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an entitlement gives in a calendar year; the numbers are worked out beside each case. */
final class SplitterTest {
  private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");
  private static final Period YEAR_2026 = period(2026);

  @Test
  void aWholeYearIsTheWholeAmount() {
    PlannedLot lot = only(YEAR_2026, ada(), annual("a", "2020-01-01", null, "USD", "100000"));

    assertThat(lot.id()).isEqualTo("default/ada/2026-01-01");
    assertThat(lot.amount()).isEqualTo(money("USD", "100000"));
    // Stockholm is one hour ahead of UTC in winter.
    assertThat(lot.effective()).isEqualTo(Instant.parse("2025-12-31T23:00:00Z"));
    assertThat(lot.expiry()).isEqualTo(Instant.parse("2026-12-31T23:00:00Z"));
  }

  @Test
  void whoBeginsInMidYearGetsTheDaysThatAreLeftBothEndsIncluded() {
    // 1 July to 31 December are 184 days: 100,000 × 184 ÷ 365 = 50,410.958…
    PlannedLot lot = only(YEAR_2026, ada(), annual("a", "2026-07-01", null, "USD", "100000"));

    assertThat(lot.amount()).isEqualTo(money("USD", "50410.96"));
    assertThat(lot.effective()).isEqualTo(Instant.parse("2026-06-30T22:00:00Z"));
  }

  @Test
  void aLeapYearHasAnotherDay() {
    // 1 February to 31 December 2028 are 335 of 366 days: 36,600 × 335 ÷ 366 = 33,500 exactly.
    assertThat(only(period(2028), ada(), annual("a", "2028-02-01", null, "USD", "36600")).amount())
        .isEqualTo(money("USD", "33500"));
    // The 29th alone: 36,600 ÷ 366 = 100.
    assertThat(
            only(period(2028), ada(), annual("a", "2028-02-29", "2028-02-29", "USD", "36600"))
                .amount())
        .isEqualTo(money("USD", "100"));
  }

  @Test
  void aChangeInMidYearIsOneLotOfTwoPartsThatAddUpToTheRoundedWhole() {
    // To 30 June: 181 days, 100,000 × 181 ÷ 365 = 49,589.0410…; then 184 days of 120,000, which is
    // 60,493.1506…. Together 110,082.1917…, so the second part is 110,082.19 − 49,589.04.
    PlannedLot lot =
        only(
            YEAR_2026,
            ada(),
            annual("a", "2026-01-01", "2026-06-30", "USD", "100000"),
            annual("b", "2026-07-01", null, "USD", "120000"));

    assertThat(lot.amount()).isEqualTo(money("USD", "110082.19"));
    assertThat(lot.parts())
        .containsExactly(
            part("a", "2026-01-01", "2026-06-30", money("USD", "49589.04")),
            part("b", "2026-07-01", "2026-12-31", money("USD", "60493.15")));
  }

  @Test
  void aChangeDownwardsIsTheSame() {
    // 181 × 120,000 + 184 × 60,000 = 32,760,000; ÷ 365 = 89,753.4246…
    assertThat(
            only(
                    YEAR_2026,
                    ada(),
                    annual("a", "2026-01-01", "2026-06-30", "USD", "120000"),
                    annual("b", "2026-07-01", null, "USD", "60000"))
                .amount())
        .isEqualTo(money("USD", "89753.42"));
  }

  @Test
  void roundingIsHalfUpToTheCurrencysMinorUnitAndNeverLosesAUnitBetweenParts() {
    // Yen have none: 1,000 × 73 ÷ 365 = 200; 1,001 × 73 ÷ 365 = 200.2; 1 × 183 ÷ 365 = 0.501….
    assertThat(annualYen("2026-10-20", "1000")).isEqualTo(money("JPY", "200"));
    assertThat(annualYen("2026-10-20", "1001")).isEqualTo(money("JPY", "200"));
    assertThat(annualYen("2026-07-02", "1")).isEqualTo(money("JPY", "1"));
    assertThat(annualYen("2026-07-03", "1")).isEqualTo(money("JPY", "0"));
    // Three parts of 1 yen a year, each below a half: 121, 122 and 122 days. The sums are 0.33,
    // 0.67
    // and 1: rounded 0, 1, 1.
    PlannedLot lot =
        only(
            YEAR_2026,
            ada(),
            annual("a", "2026-01-01", "2026-05-01", "JPY", "1"),
            annual("b", "2026-05-02", "2026-08-31", "JPY", "1"),
            annual("c", "2026-09-01", null, "JPY", "1"));
    assertThat(lot.amount()).isEqualTo(money("JPY", "1"));
    assertThat(lot.parts())
        .extracting(part -> part.amount().units().intValueExact())
        .containsExactly(0, 1, 0);
  }

  @Test
  void aChangeOfCurrencyIsALotInEachOfThem() {
    List<PlannedLot> lots =
        lots(
            YEAR_2026,
            ada(),
            annual("a", "2026-01-01", "2026-06-30", "USD", "36500"),
            annual("b", "2026-07-01", null, "SEK", "365000"));

    // 181 × 100 and 184 × 1,000.
    assertThat(lots)
        .extracting(PlannedLot::amount)
        .containsExactly(money("SEK", "184000"), money("USD", "18100"));
    assertThat(lots).extracting(PlannedLot::id).containsOnly("default/ada/2026-01-01");
  }

  @Test
  void whoLeavesKeepsTheAmountButNotTheTime() {
    PlannedLot lot =
        only(YEAR_2026, leaving("2026-07-31"), annual("a", "2020-01-01", null, "USD", "100000"));

    assertThat(lot.amount()).isEqualTo(money("USD", "100000"));
    assertThat(lot.expiry()).isEqualTo(Instant.parse("2026-07-31T22:00:00Z"));
  }

  @Test
  void aPlanThatProratesOnLeaveCutsTheAmountToo() {
    Plan prorating =
        new Plan(
            "default",
            new Cadence.CalendarYear(),
            Optional.empty(),
            Plan.Proration.CALENDAR_DAYS,
            0,
            Optional.empty(),
            Plan.DEFAULT.overage(),
            Plan.PriceSide.LIST,
            true,
            List.of(100),
            0,
            Optional.empty());
    // 1 January to 31 July are 212 days: 100,000 × 212 ÷ 365 = 58,082.1917…
    assertThat(
            Splitter.ofPeriod(
                    prorating,
                    YEAR_2026,
                    leaving("2026-07-31"),
                    List.of(annual("a", "2020-01-01", null, "USD", "100000")))
                .getFirst()
                .amount())
        .isEqualTo(money("USD", "58082.19"));
  }

  @Test
  void nothingIsGrantedBeforeTheFirstDayOfEmploymentOrAfterTheLast() {
    Person later = person(new Employment(LocalDate.parse("2026-10-20"), Optional.empty()));
    // 20 October to 31 December are 73 days, a fifth of the year.
    assertThat(only(YEAR_2026, later, annual("a", "2020-01-01", null, "USD", "100")).amount())
        .isEqualTo(money("USD", "20"));
    assertThat(
            lots(period(2027), leaving("2026-12-31"), annual("a", "2020-01-01", null, "USD", "1")))
        .isEmpty();
    assertThat(lots(YEAR_2026, leaving("2026-05-31"), annual("a", "2026-06-01", null, "USD", "1")))
        .isEmpty();
  }

  @Test
  void aOneOffIsWholeAndLivesUntilItsLastDayOrThePeriodsEnd() {
    Valued once = annual("signing", "2026-03-10", null, "USD", "500.005");
    PlannedLot lot = Splitter.ofOnce(Plan.DEFAULT, YEAR_2026, ada(), once).orElseThrow();
    assertThat(lot.id()).isEqualTo("once/ada/signing");
    assertThat(lot.amount()).isEqualTo(money("USD", "500.01"));
    assertThat(lot.effective()).isEqualTo(Instant.parse("2026-03-09T23:00:00Z"));
    assertThat(lot.expiry()).isEqualTo(YEAR_2026.end());

    Valued longer = annual("signing", "2026-03-10", "2027-03-09", "USD", "500");
    assertThat(Splitter.ofOnce(Plan.DEFAULT, YEAR_2026, ada(), longer).orElseThrow().expiry())
        .isEqualTo(Instant.parse("2027-03-09T23:00:00Z"));
  }

  private static Amount annualYen(String from, String amount) {
    return only(YEAR_2026, ada(), annual("a", from, null, "JPY", amount)).amount();
  }

  private static PlannedLot only(Period period, Person person, Valued... annual) {
    List<PlannedLot> lots = lots(period, person, annual);
    assertThat(lots).hasSize(1);
    return lots.getFirst();
  }

  private static List<PlannedLot> lots(Period period, Person person, Valued... annual) {
    return Splitter.ofPeriod(Plan.DEFAULT, period, person, List.of(annual));
  }

  private static Period period(int year) {
    return Period.of(
        PlanHistory.of(Plan.DEFAULT),
        LocalDate.of(year, 5, 5),
        STOCKHOLM,
        LocalDate.of(2020, 1, 1));
  }

  private static Valued annual(
      String id, String from, String until, String currency, String amount) {
    return new Valued(
        id,
        LocalDate.parse(from),
        Optional.ofNullable(until).map(LocalDate::parse),
        Recurrence.ANNUAL,
        money(currency, amount));
  }

  private static Part part(String id, String first, String last, Amount amount) {
    return new Part(id, LocalDate.parse(first), LocalDate.parse(last), amount);
  }

  private static Amount money(String currency, String units) {
    return new Amount(currency, new BigDecimal(units).movePointRight(9).longValueExact());
  }

  private static Person ada() {
    return person(new Employment(LocalDate.parse("2020-01-01"), Optional.empty()));
  }

  private static Person leaving(String lastDay) {
    return person(
        new Employment(LocalDate.parse("2020-01-01"), Optional.of(LocalDate.parse(lastDay))));
  }

  private static Person person(Employment employment) {
    return new Person("ada", 1, "core", "SE", STOCKHOLM, "USD", employment);
  }
}
