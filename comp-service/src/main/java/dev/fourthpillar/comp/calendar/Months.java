package dev.fourthpillar.comp.calendar;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Month arithmetic under convention K3: from the original date, a missing day is the last one. */
public final class Months {

  public static final int PER_YEAR = 12;

  private Months() {}

  /**
   * The whole months from {@code from} to {@code to}, {@code from} not after {@code to}. From 31
   * January to 28 February is one month, since the month's anniversary falls on that day.
   */
  public static int whole(LocalDate from, LocalDate to) {
    var months = Math.toIntExact(ChronoUnit.MONTHS.between(from, to));
    return from.plusMonths(months + 1L).isAfter(to) ? months : months + 1;
  }
}
