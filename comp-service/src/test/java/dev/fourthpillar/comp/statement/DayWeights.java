package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.proration.Proration;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.function.Function;

/** What part of its year each day is, counted one by one; by the text of convention K6. */
final class DayWeights implements Function<LocalDate, Q> {

  private final Proration method;
  private final LocalDate yearFirst;
  private final LocalDate yearLast;
  private final LocalDate paidFrom;

  /**
   * @param paidFrom the first day of the year that is paid
   */
  DayWeights(Proration method, LocalDate yearFirst, LocalDate yearLast, LocalDate paidFrom) {
    this.method = method;
    this.yearFirst = yearFirst;
    this.yearLast = yearLast;
    this.paidFrom = paidFrom;
  }

  @Override
  public Q apply(LocalDate day) {
    return switch (method) {
      case CALENDAR_DAYS_ACTUAL -> Q.of(1).over(count(yearFirst, yearLast, false));
      case MONTHLY_CALENDAR -> Q.of(1).over(12L * day.lengthOfMonth());
      case THIRTY_360 -> Q.of(of360(day)).over(360);
      case WORKING_DAYS -> isWeekday(day) ? Q.of(1).over(count(yearFirst, yearLast, true)) : Q.ZERO;
      // The 261st weekday is beyond the full amount.
      case FIXED_260 ->
          isWeekday(day) && count(paidFrom, day, true) <= 260 ? Q.of(1).over(260) : Q.ZERO;
    };
  }

  /** A 31st is the 30th again, unless it is the first; the last of February counts up to 30. */
  private long of360(LocalDate day) {
    if (day.getDayOfMonth() == 31) {
      return day.equals(paidFrom) ? 1 : 0;
    }
    boolean endOfFebruary = day.getMonthValue() == 2 && day.plusDays(1).getMonthValue() == 3;
    return endOfFebruary ? 31 - day.getDayOfMonth() : 1;
  }

  private static boolean isWeekday(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  private static long count(LocalDate from, LocalDate to, boolean weekdaysOnly) {
    long count = 0;
    for (var day = from; !day.isAfter(to); day = day.plusDays(1)) {
      count += !weekdaysOnly || isWeekday(day) ? 1 : 0;
    }
    return count;
  }
}
