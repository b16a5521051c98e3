package dev.fourthpillar.budget.period;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.period.Entitlement.Recurrence;
import dev.fourthpillar.budget.person.Employment;
import dev.fourthpillar.budget.person.Person;
import dev.fourthpillar.budget.plan.Cadence;
import dev.fourthpillar.budget.plan.Plan;
import dev.fourthpillar.budget.plan.PlanHistory;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What yearly amounts and amounts of a plan give in periods of all cadences. */
final class CadenceSplitTest {
  private static final LocalDate HIRED = LocalDate.parse("2020-03-16");

  /** 100 ÷ 12 = 8.333…: the sums 8.33, 16.67, 25.00 … make steps of 8.33, 8.34, 8.33. */
  @Test
  void monthsAreTwelfthsWhoseStepsAddUp() {
    assertThat(year(new Cadence.Monthly(), 2026, annual("2020-01-01", null, "100")))
        .containsExactly(
            "8.33", "8.34", "8.33", "8.33", "8.34", "8.33", "8.33", "8.34", "8.33", "8.33", "8.34",
            "8.33");
  }

  /** 100 ÷ 24 = 4.1666…: 4.17, 8.33, 12.50. */
  @Test
  void halfMonthsAndQuarters() {
    assertThat(year(new Cadence.SemiMonthly(), 2026, annual("2020-01-01", null, "100")))
        .hasSize(24)
        .startsWith("4.17", "4.16", "4.17");
    assertThat(year(new Cadence.Quarterly(), 2026, annual("2020-01-01", null, "100")))
        .containsExactly("25", "25", "25", "25");
  }

  /**
   * From 10 February on: 19 of 28 days of a twelfth of 1,200, 67.857…; then whole months. The sum
   * up to March is 167.857…, so that March is 167.86 − 67.86.
   */
  @Test
  void aMonthInWhichSomebodyBeginsGivesItsDays() {
    assertThat(year(new Cadence.Monthly(), 2026, annual("2026-02-10", null, "1200")))
        .startsWith("67.86", "100", "100")
        .hasSize(11);
    // 29 days in 2028: 20 of them, 68.965…
    assertThat(year(new Cadence.Monthly(), 2028, annual("2028-02-10", null, "1200")))
        .startsWith("68.97");
  }

  /**
   * 365 a year is 1 a day, 366 days in 2028 give 0.99727 a day. The week from 27 December 2027 has
   * five days of 2027 and two of 2028: 5 + round(2 × 365 ÷ 366) = 5 + 1.99.
   */
  @Test
  void weeksGoByDaysOfTheirYears() {
    Cadence weekly = new Cadence.Weekly(DayOfWeek.MONDAY);
    List<PlannedLot> lots = lots(plan(weekly), "2027-12-27", annual("2020-01-01", null, "365"));
    assertThat(amounts(lots)).containsExactly("6.99");
    assertThat(lots.getFirst().parts())
        .extracting(part -> part.amount().units().stripTrailingZeros().toPlainString())
        .containsExactly("5", "1.99");
  }

  @Test
  void fiscalYearsAndAnniversariesAreWholeYears() {
    assertThat(
            amounts(
                lots(
                    plan(new Cadence.FiscalYear(MonthDay.of(10, 1))),
                    "2026-11-05",
                    annual("2020-01-01", null, "1000"))))
        .containsExactly("1000");
    // From 1 April, within the year from 16 March 2026: 349 of 365 days.
    assertThat(
            amounts(
                lots(
                    plan(new Cadence.Anniversary()),
                    "2026-05-05",
                    annual("2026-04-01", null, "730"))))
        .containsExactly("698");
  }

  /** 500 a month; from 16 April on 15 of 30 days. */
  @Test
  void anAmountOfThePlanIsPerPeriod() {
    Valued ofPlan =
        new Valued(
            "assigned",
            LocalDate.parse("2026-04-16"),
            Optional.empty(),
            Recurrence.PER_PERIOD,
            money("500"));
    assertThat(amounts(lots(plan(new Cadence.Monthly()), "2026-04-20", ofPlan)))
        .containsExactly("250");
    assertThat(amounts(lots(plan(new Cadence.Monthly()), "2026-05-20", ofPlan)))
        .containsExactly("500");
  }

  @Test
  void withoutProrationAPeriodIsWholeByWhatItsFirstEntitledDaySays() {
    Plan whole = with(plan(new Cadence.Monthly()), Plan.Proration.NONE, 0);
    List<PlannedLot> lots =
        lots(
            whole,
            "2026-04-20",
            annual("2026-04-16", "2026-04-20", "1200"),
            annual("2026-04-21", null, "2400"));
    assertThat(amounts(lots)).containsExactly("100");
    assertThat(lots.getFirst().effective()).isEqualTo(Instant.parse("2026-04-15T22:00:00Z"));
  }

  @Test
  void aLotMayPayBeyondItsPeriod() {
    Plan longer = with(plan(new Cadence.Monthly()), Plan.Proration.CALENDAR_DAYS, 31);
    // March ends in winter time's successor: the clocks went forward on the 29th.
    assertThat(lots(longer, "2026-03-10", annual("2020-01-01", null, "12")).getFirst().expiry())
        .isEqualTo(Instant.parse("2026-05-01T22:00:00Z"));
  }

  /** A day begins where the zone lets it: midnight, or an hour later where it does not exist. */
  @Test
  void daysBeginByTheClockOfTheZone() {
    // New York puts its clocks forward on 8 March 2026 and back on 1 November.
    assertThat(month("America/New_York", "2026-03-05").start()).isEqualTo("2026-03-01T05:00:00Z");
    assertThat(month("America/New_York", "2026-03-05").end()).isEqualTo("2026-04-01T04:00:00Z");
    assertThat(month("America/New_York", "2026-11-05").start()).isEqualTo("2026-11-01T04:00:00Z");
    assertThat(month("America/New_York", "2026-11-05").end()).isEqualTo("2026-12-01T05:00:00Z");
    // Berlin on 29 March and 25 October.
    assertThat(month("Europe/Berlin", "2026-03-05").start()).isEqualTo("2026-02-28T23:00:00Z");
    assertThat(month("Europe/Berlin", "2026-10-05").end()).isEqualTo("2026-10-31T23:00:00Z");
    // Auckland back on 5 April, forward on 27 September.
    assertThat(month("Pacific/Auckland", "2026-04-05").start()).isEqualTo("2026-03-31T11:00:00Z");
    assertThat(month("Pacific/Auckland", "2026-04-05").end()).isEqualTo("2026-04-30T12:00:00Z");
    // In Santiago midnight of 6 September 2026 does not exist: the day, and the week, begin at 1.
    Period week =
        Period.of(
            PlanHistory.of(plan(new Cadence.Weekly(DayOfWeek.SUNDAY))),
            LocalDate.parse("2026-09-08"),
            ZoneId.of("America/Santiago"),
            HIRED);
    assertThat(week.start()).isEqualTo("2026-09-06T04:00:00Z");
    assertThat(week.end()).isEqualTo("2026-09-13T03:00:00Z");
  }

  /**
   * Whatever the segments, the lots of all periods of a year add up to what the year is worth by
   * days and shares, rounded once.
   */
  @Test
  void partsSumToTheWhole() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      BigDecimal amount = BigDecimal.valueOf(1 + random.nextInt(100_000_000), 2);
      int year = 2024 + random.nextInt(5);
      for (Cadence cadence :
          List.of(
              new Cadence.SemiMonthly(),
              new Cadence.Monthly(),
              new Cadence.Quarterly(),
              new Cadence.CalendarYear())) {
        BigDecimal sum =
            year(cadence, year, annual("2020-01-01", null, amount.toPlainString())).stream()
                .map(BigDecimal::new)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).as("%s of %s in %d", cadence, amount, year).isEqualByComparingTo(amount);
      }
      // All weeks that have a day of the year, each as far as it is this year's.
      Plan weekly = plan(new Cadence.Weekly(DayOfWeek.of(1 + random.nextInt(7))));
      BigDecimal sum = BigDecimal.ZERO;
      for (Period week : periods(weekly, LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31))) {
        for (PlannedLot lot :
            Splitter.ofPeriod(
                weekly, week, ada(), List.of(annual("2020-01-01", null, amount.toPlainString())))) {
          for (PlannedLot.Part part : lot.parts()) {
            sum = part.firstDay().getYear() == year ? sum.add(part.amount().units()) : sum;
          }
        }
      }
      assertThat(sum).as("weeks of %s in %d", amount, year).isEqualByComparingTo(amount);
    }
  }

  /** Against an oracle: a day at a time, in exact fractions. */
  @Test
  void aLotIsWhatItsDaysAreWorth() {
    Random random = new Random(12);
    for (int round = 0; round < 300; round++) {
      LocalDate from = LocalDate.of(2025, 1, 1).plusDays(random.nextInt(700));
      LocalDate change = from.plusDays(1 + random.nextInt(200));
      Valued first =
          annual(from.toString(), change.minusDays(1).toString(), "" + random.nextInt(90_000));
      Valued second = annual(change.toString(), null, "" + random.nextInt(90_000));
      LocalDate day = from.plusDays(random.nextInt(400));
      Period month = month("Europe/Berlin", day.toString());
      BigDecimal before = BigDecimal.ZERO;
      BigDecimal upTo = BigDecimal.ZERO;
      for (LocalDate d = day.withDayOfYear(1); !d.isAfter(month.lastDay()); d = d.plusDays(1)) {
        BigDecimal perYear =
            d.isBefore(from)
                ? BigDecimal.ZERO
                : (d.isBefore(change) ? first : second).amount().units();
        BigDecimal worth =
            perYear.divide(
                BigDecimal.valueOf(12L * d.lengthOfMonth()), 40, java.math.RoundingMode.HALF_EVEN);
        before = d.isBefore(month.firstDay()) ? before.add(worth) : before;
        upTo = upTo.add(worth);
      }
      BigDecimal expected =
          upTo.setScale(12, java.math.RoundingMode.HALF_EVEN)
              .setScale(2, java.math.RoundingMode.HALF_UP)
              .subtract(
                  before
                      .setScale(12, java.math.RoundingMode.HALF_EVEN)
                      .setScale(2, java.math.RoundingMode.HALF_UP));
      BigDecimal is =
          Splitter.ofPeriod(plan(new Cadence.Monthly()), month, ada(), List.of(first, second))
              .stream()
              .map(lot -> lot.amount().units())
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      assertThat(is).as("round %d, %s, %s", round, from, month).isEqualByComparingTo(expected);
    }
  }

  private static Period month(String zone, String day) {
    return Period.of(
        PlanHistory.of(plan(new Cadence.Monthly())), LocalDate.parse(day), ZoneId.of(zone), HIRED);
  }

  private static List<String> year(Cadence cadence, int year, Valued... valued) {
    List<String> amounts = new ArrayList<>();
    for (Period period :
        periods(plan(cadence), LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31))) {
      amounts.addAll(amounts(Splitter.ofPeriod(plan(cadence), period, ada(), List.of(valued))));
    }
    return amounts;
  }

  private static List<Period> periods(Plan plan, LocalDate from, LocalDate until) {
    List<Period> periods = new ArrayList<>();
    LocalDate day = from;
    while (!day.isAfter(until)) {
      periods.add(Period.of(PlanHistory.of(plan), day, ZoneId.of("Europe/Berlin"), HIRED));
      day = periods.getLast().lastDay().plusDays(1);
    }
    return periods;
  }

  private static List<PlannedLot> lots(Plan plan, String day, Valued... valued) {
    return Splitter.ofPeriod(
        plan,
        Period.of(PlanHistory.of(plan), LocalDate.parse(day), ZoneId.of("Europe/Berlin"), HIRED),
        ada(),
        List.of(valued));
  }

  private static List<String> amounts(List<PlannedLot> lots) {
    return lots.stream()
        .map(lot -> lot.amount().units().stripTrailingZeros().toPlainString())
        .toList();
  }

  private static Plan plan(Cadence cadence) {
    return new Plan(
        "p",
        cadence,
        Optional.empty(),
        Plan.Proration.CALENDAR_DAYS,
        0,
        Optional.empty(),
        Plan.DEFAULT.overage(),
        Plan.PriceSide.LIST,
        false,
        List.of(),
        0,
        Optional.empty());
  }

  private static Plan with(Plan plan, Plan.Proration proration, int expireAfterDays) {
    return new Plan(
        plan.id(),
        plan.cadence(),
        plan.amount(),
        proration,
        expireAfterDays,
        plan.rollover(),
        plan.overage(),
        plan.priceSide(),
        plan.prorateOnLeave(),
        plan.thresholdsPercent(),
        plan.noticeDays(),
        plan.portability());
  }

  private static Valued annual(String from, String until, String amount) {
    return new Valued(
        "a" + from,
        LocalDate.parse(from),
        Optional.ofNullable(until).map(LocalDate::parse),
        Recurrence.ANNUAL,
        money(amount));
  }

  private static Amount money(String units) {
    return new Amount("USD", new BigDecimal(units).movePointRight(9).longValueExact());
  }

  private static Person ada() {
    return new Person(
        "ada",
        1,
        "",
        "DE",
        ZoneId.of("Europe/Berlin"),
        "USD",
        new Employment(HIRED, Optional.empty()));
  }
}
