package dev.fourthpillar.comp.proration;

import java.time.LocalDate;
import java.time.MonthDay;

/**
 * The year of which a period earns its part: a calendar year, or a tax year that begins elsewhere.
 *
 * @param last the last day, which counts
 */
public record PayYear(LocalDate first, LocalDate last) {

  private static final MonthDay NEW_YEAR = MonthDay.of(1, 1);

  /** The calendar year that holds {@code day}. */
  public static PayYear calendar(LocalDate day) {
    return of(NEW_YEAR, day);
  }

  /**
   * The year that holds {@code day}.
   *
   * @param begins a day that every year has
   */
  public static PayYear of(MonthDay begins, LocalDate day) {
    var thisYear = begins.atYear(day.getYear());
    var first = day.isBefore(thisYear) ? begins.atYear(day.getYear() - 1) : thisYear;
    return new PayYear(first, begins.atYear(first.getYear() + 1).minusDays(1));
  }

  public PayYear next() {
    return of(MonthDay.from(first), last.plusDays(1));
  }

  public boolean holds(LocalDate day) {
    return !day.isBefore(first) && !day.isAfter(last);
  }

  @Override
  public String toString() {
    return first + " to " + last;
  }
}
