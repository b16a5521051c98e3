package dev.fourthpillar.comp.proration;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Fractions;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.apache.commons.numbers.fraction.BigFraction;

/** Which part of a year's amount a period of that year earns (convention K6). */
public enum Proration {
  /** Days employed, both ends included, by the days of that year. The default. */
  CALENDAR_DAYS_ACTUAL,
  /** Whole months count a twelfth, a partial month by its calendar days. */
  MONTHLY_CALENDAR,
  /** Day 31 counts as 30; a period that reaches the last day of February counts to 30. */
  THIRTY_360,
  /** Monday to Friday by those of that year; public holidays are not known here. */
  WORKING_DAYS,
  /** Monday to Friday by 260, capped at the full amount. */
  FIXED_260;

  private static final long DAYS_360 = 360;
  private static final long DAYS_260 = 260;

  /** The exact part of the calendar year, 0 to 1. */
  public BigFraction part(LocalDate from, LocalDate to) {
    return part(from, to, PayYear.calendar(from));
  }

  /**
   * The exact part of the year, 0 to 1.
   *
   * @param from the first day that counts
   * @param to the last day that counts, in the same year, not before {@code from}
   */
  public BigFraction part(LocalDate from, LocalDate to, PayYear year) {
    var checks = new Checks();
    checks.that(!to.isBefore(from), "to", to, "on or after " + from);
    checks.that(year.holds(from), "from", from, "in the year " + year);
    checks.that(year.holds(to), "to", to, "in the year " + year);
    checks.orThrow();
    return switch (this) {
      case CALENDAR_DAYS_ACTUAL -> Fractions.of(days(from, to), days(year.first(), year.last()));
      case MONTHLY_CALENDAR -> months(from, to).divide(12);
      case THIRTY_360 -> Fractions.of(days360(from, to), DAYS_360);
      case WORKING_DAYS -> Fractions.of(weekdays(from, to), weekdays(year.first(), year.last()));
      case FIXED_260 -> Fractions.of(Math.min(DAYS_260, weekdays(from, to)), DAYS_260);
    };
  }

  private static long days(LocalDate from, LocalDate to) {
    return ChronoUnit.DAYS.between(from, to) + 1;
  }

  private static BigFraction months(LocalDate from, LocalDate to) {
    var sum = BigFraction.ZERO;
    for (var first = from.withDayOfMonth(1); !first.isAfter(to); first = first.plusMonths(1)) {
      int length = first.lengthOfMonth();
      int begin = from.isAfter(first) ? from.getDayOfMonth() : 1;
      var last = first.withDayOfMonth(length);
      int end = to.isBefore(last) ? to.getDayOfMonth() : length;
      sum = sum.add(Fractions.of(end - begin + 1L, length));
    }
    return sum;
  }

  private static long days360(LocalDate from, LocalDate to) {
    int lastDay =
        to.getMonthValue() == 2 && to.getDayOfMonth() == to.lengthOfMonth()
            ? 30
            : to.getDayOfMonth();
    return 30L * ChronoUnit.MONTHS.between(from.withDayOfMonth(1), to.withDayOfMonth(1))
        + Math.min(30, lastDay)
        - Math.min(30, from.getDayOfMonth())
        + 1;
  }

  private static long weekdays(LocalDate from, LocalDate to) {
    return weekdaysBefore(to.plusDays(1)) - weekdaysBefore(from);
  }

  /** Weekdays since Monday, 29 December 1969, up to the day before {@code day}. */
  private static long weekdaysBefore(LocalDate day) {
    long days = day.toEpochDay() + 3;
    int inWeek = day.getDayOfWeek().getValue() - DayOfWeek.MONDAY.getValue();
    return Math.floorDiv(days, 7) * 5 + Math.min(5, inWeek);
  }
}
