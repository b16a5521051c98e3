package dev.fourthpillar.budget.plan;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;

/** How long a period is, and which days one has. */
public sealed interface Cadence {
  /** Seven days. */
  record Weekly(DayOfWeek firstDay) implements Cadence {}

  /** From the 1st to the 15th, and from the 16th to the month's end. */
  record SemiMonthly() implements Cadence {}

  /** A calendar month. */
  record Monthly() implements Cadence {}

  /** Three calendar months, the first ones from January to March. */
  record Quarterly() implements Cadence {}

  /** From 1 January to 31 December. */
  record CalendarYear() implements Cadence {}

  /** From the day of the year on which the employment began; who began on 29 February: the 28th. */
  record Anniversary() implements Cadence {}

  /** From that day of the year on, which every year has. */
  record FiscalYear(MonthDay start) implements Cadence {
    /** Every month has it. */
    public static final int MAX_DAY = 28;

    public FiscalYear {
      if (start.getDayOfMonth() > MAX_DAY) {
        throw new IllegalArgumentException(
            "first day of a fiscal year: %s (expected: at most the %dth)"
                .formatted(start, MAX_DAY));
      }
    }
  }

  /**
   * The period that has the day.
   *
   * @param hired the first day of the employment
   */
  default Days period(LocalDate day, LocalDate hired) {
    return switch (this) {
      case Weekly(DayOfWeek firstDay) -> {
        LocalDate first = day.with(TemporalAdjusters.previousOrSame(firstDay));
        yield new Days(first, first.plusDays(6));
      }
      case SemiMonthly _ ->
          day.getDayOfMonth() <= 15
              ? new Days(day.withDayOfMonth(1), day.withDayOfMonth(15))
              : new Days(day.withDayOfMonth(16), endOfMonth(day));
      case Monthly _ -> new Days(day.withDayOfMonth(1), endOfMonth(day));
      case Quarterly _ -> {
        LocalDate first = day.with(IsoFields.DAY_OF_QUARTER, 1);
        yield new Days(first, first.plusMonths(3).minusDays(1));
      }
      case CalendarYear _ -> calendarYear(day);
      case Anniversary _ -> {
        // Each from the first day itself: 29 February is there again in the next leap year.
        long years = ChronoUnit.YEARS.between(hired, day);
        while (hired.plusYears(years).isAfter(day)) {
          years--;
        }
        while (!hired.plusYears(years + 1).isAfter(day)) {
          years++;
        }
        yield new Days(hired.plusYears(years), hired.plusYears(years + 1).minusDays(1));
      }
      case FiscalYear(MonthDay start) -> {
        LocalDate thisYear = start.atYear(day.getYear());
        LocalDate first = thisYear.isAfter(day) ? start.atYear(day.getYear() - 1) : thisYear;
        yield new Days(first, first.plusYears(1).minusDays(1));
      }
    };
  }

  /** The year over which a yearly amount is split, which has the day. */
  default Days year(LocalDate day, LocalDate hired) {
    return switch (this) {
      case Weekly _, SemiMonthly _, Monthly _, Quarterly _, CalendarYear _ -> calendarYear(day);
      case Anniversary _, FiscalYear _ -> period(day, hired);
    };
  }

  /**
   * The days of that year, around the day, that have a share as large as all others of the year:
   * within them the share is by days. Weeks go by the days of the year.
   */
  default Days share(LocalDate day, LocalDate hired) {
    return switch (this) {
      case Weekly _ -> calendarYear(day);
      case SemiMonthly _, Monthly _, Quarterly _, CalendarYear _, Anniversary _, FiscalYear _ ->
          period(day, hired);
    };
  }

  private static Days calendarYear(LocalDate day) {
    return new Days(
        day.with(TemporalAdjusters.firstDayOfYear()), day.with(TemporalAdjusters.lastDayOfYear()));
  }

  private static LocalDate endOfMonth(LocalDate day) {
    return day.with(TemporalAdjusters.lastDayOfMonth());
  }
}
