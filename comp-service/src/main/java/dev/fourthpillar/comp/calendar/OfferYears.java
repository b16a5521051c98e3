package dev.fourthpillar.comp.calendar;

import dev.fourthpillar.comp.failure.Checks;
import java.time.LocalDate;

/**
 * The years of an offer, counted from 1. Point events belong to year n when they fall in (start +
 * (n-1) years, start + n years]; the start date itself belongs to year 1 (convention K2). Pay days
 * run from one anniversary to the day before the next.
 *
 * @param start the first day of year 1
 */
public record OfferYears(LocalDate start) {

  /** A working life. */
  public static final int MAX_YEARS = 60;

  public OfferYears {
    var checks = new Checks();
    checks.date("start", start);
    checks.orThrow();
  }

  /** The day that starts year {@code n + 1} and ends year {@code n} for point events. */
  public LocalDate anniversary(int n) {
    return start.plusMonths((long) Months.PER_YEAR * n);
  }

  /** The point events of year {@code n}, 1 or more. */
  public Window year(int n) {
    return new Window(
        n == 1 ? start.minusDays(1) : anniversary(n - 1),
        anniversary(n),
        anniversary(n - 1),
        anniversary(n).minusDays(1));
  }

  /**
   * The 12 months after {@code asOf}; on or before the start they are year 1, so that an offer's
   * next twelve months are its first year.
   *
   * @throws dev.fourthpillar.comp.failure.Invalid when more than {@link #MAX_YEARS} after the start
   */
  public Window next12Months(LocalDate asOf) {
    if (!asOf.isAfter(start)) {
      return year(1);
    }
    var checks = new Checks();
    checks.that(
        !asOf.isAfter(anniversary(MAX_YEARS - 1)),
        "asOf",
        asOf,
        "at most " + (MAX_YEARS - 1) + " years after the start " + start);
    checks.orThrow();
    var end = asOf.plusMonths(Months.PER_YEAR);
    return new Window(asOf, end, asOf.plusDays(1), end);
  }

  /** The year whose pay days hold {@code day}, which is not before the start. */
  public int payYearOf(LocalDate day) {
    return Months.whole(start, day) / Months.PER_YEAR + 1;
  }
}
