package dev.fourthpillar.budget.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which days periods have. */
final class CadenceTest {
  private static final LocalDate HIRED = LocalDate.parse("2024-02-29");

  private static final List<Cadence> ALL =
      List.of(
          new Cadence.Weekly(DayOfWeek.MONDAY),
          new Cadence.Weekly(DayOfWeek.SUNDAY),
          new Cadence.SemiMonthly(),
          new Cadence.Monthly(),
          new Cadence.Quarterly(),
          new Cadence.CalendarYear(),
          new Cadence.Anniversary(),
          new Cadence.FiscalYear(MonthDay.of(4, 6)));

  @Test
  void monthEndsAndLeapYears() {
    assertThat(period(new Cadence.Monthly(), "2028-02-10"))
        .isEqualTo(days("2028-02-01", "2028-02-29"));
    assertThat(period(new Cadence.Monthly(), "2027-02-28"))
        .isEqualTo(days("2027-02-01", "2027-02-28"));
    assertThat(period(new Cadence.SemiMonthly(), "2027-02-15"))
        .isEqualTo(days("2027-02-01", "2027-02-15"));
    assertThat(period(new Cadence.SemiMonthly(), "2028-02-16"))
        .isEqualTo(days("2028-02-16", "2028-02-29"));
    assertThat(period(new Cadence.Quarterly(), "2028-03-31"))
        .isEqualTo(days("2028-01-01", "2028-03-31"));
  }

  /** 1 January 2027 is a Friday. */
  @Test
  void aWeekGoesOverTheYearsEnd() {
    assertThat(period(new Cadence.Weekly(DayOfWeek.MONDAY), "2027-01-01"))
        .isEqualTo(days("2026-12-28", "2027-01-03"));
    assertThat(period(new Cadence.Weekly(DayOfWeek.SUNDAY), "2027-01-03"))
        .isEqualTo(days("2027-01-03", "2027-01-09"));
  }

  /** As comp-service has it: 2024-02-29 yearly is 2025-02-28 … 2028-02-29. */
  @Test
  void whoBeganOnALeapDayHasItAgainInLeapYears() {
    assertThat(period(new Cadence.Anniversary(), "2025-02-27"))
        .isEqualTo(days("2024-02-29", "2025-02-27"));
    assertThat(period(new Cadence.Anniversary(), "2025-02-28"))
        .isEqualTo(days("2025-02-28", "2026-02-27"));
    assertThat(period(new Cadence.Anniversary(), "2028-02-28"))
        .isEqualTo(days("2027-02-28", "2028-02-28"));
    assertThat(period(new Cadence.Anniversary(), "2028-02-29"))
        .isEqualTo(days("2028-02-29", "2029-02-27"));
  }

  @Test
  void aFiscalYearBeginsOnItsDay() {
    Cadence british = new Cadence.FiscalYear(MonthDay.of(4, 6));
    assertThat(period(british, "2026-04-05")).isEqualTo(days("2025-04-06", "2026-04-05"));
    assertThat(period(british, "2026-04-06")).isEqualTo(days("2026-04-06", "2027-04-05"));
  }

  /** Each day is in exactly one period, and each period is within the share and the year. */
  @Test
  void periodsFollowEachOtherWithoutAGap() {
    Random random = new Random(7);
    for (Cadence cadence : ALL) {
      LocalDate day = LocalDate.of(2020, 1, 1).plusDays(random.nextInt(400));
      Days period = cadence.period(day, HIRED);
      for (int i = 0; i < 300; i++) {
        assertThat(cadence.period(period.first(), HIRED)).isEqualTo(period);
        assertThat(cadence.period(period.last(), HIRED)).isEqualTo(period);
        Days next = cadence.period(period.last().plusDays(1), HIRED);
        assertThat(next.first()).as("%s", cadence).isEqualTo(period.last().plusDays(1));
        period = next;
      }
    }
  }

  /** Annual until May 2026, monthly from then on: the year that is open is not cut. */
  @Test
  void aChangedCadenceBeginsWhenTheOpenPeriodEnds() {
    PlanHistory changed =
        history(
            version("0001-01-01", new Cadence.CalendarYear()),
            version("2026-05-10", new Cadence.Monthly()),
            version("2027-02-10", new Cadence.Quarterly()));

    assertThat(changed.period(LocalDate.parse("2026-08-01"), HIRED))
        .isEqualTo(days("2026-01-01", "2026-12-31"));
    assertThat(changed.period(LocalDate.parse("2027-01-15"), HIRED))
        .isEqualTo(days("2027-01-01", "2027-01-31"));
    assertThat(changed.period(LocalDate.parse("2027-02-20"), HIRED))
        .isEqualTo(days("2027-02-01", "2027-02-28"));
    assertThat(changed.period(LocalDate.parse("2027-03-20"), HIRED))
        .as("the rest of the quarter")
        .isEqualTo(days("2027-03-01", "2027-03-31"));
    assertThat(changed.period(LocalDate.parse("2027-04-01"), HIRED))
        .isEqualTo(days("2027-04-01", "2027-06-30"));
  }

  private static PlanHistory history(PlanHistory.Version... versions) {
    return new PlanHistory("p", List.of(versions));
  }

  private static PlanHistory.Version version(String from, Cadence cadence) {
    return new PlanHistory.Version(
        LocalDate.parse(from),
        new Plan(
            "p",
            cadence,
            Plan.DEFAULT.amount(),
            Plan.Proration.CALENDAR_DAYS,
            0,
            Plan.DEFAULT.rollover(),
            Plan.DEFAULT.overage(),
            Plan.PriceSide.LIST,
            false,
            List.of(),
            0,
            Plan.DEFAULT.portability()));
  }

  private static Days period(Cadence cadence, String day) {
    return cadence.period(LocalDate.parse(day), HIRED);
  }

  private static Days days(String first, String last) {
    return new Days(LocalDate.parse(first), LocalDate.parse(last));
  }
}
