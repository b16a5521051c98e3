package dev.fourthpillar.budget.period;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * A calendar year of one person's budget. Its days are those of the year; it begins when the one
 * before ends, and ends where the year does in the zone the person had when it was opened. So a
 * person who moves has neither a gap nor an overlap.
 *
 * @param plan whose cadence it is
 * @param firstDay 1 January
 * @param lastDay 31 December
 * @param zone in which it ends
 * @param start from when on, included
 * @param end until when, not included
 */
record Period(
    String plan, LocalDate firstDay, LocalDate lastDay, ZoneId zone, Instant start, Instant end) {

  Period {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException(
          "period: %s to %s (expected: forward)".formatted(start, end));
    }
  }

  /** The period that contains the day, where there is none beside it yet. */
  static Period of(String plan, LocalDate day, ZoneId zone) {
    return between(plan, day.getYear(), zone, day.withDayOfYear(1).atStartOfDay(zone).toInstant());
  }

  /** The one that begins when this one ends. */
  Period next(ZoneId zoneThen) {
    return between(plan, firstDay.getYear() + 1, zoneThen, end);
  }

  /** The one that ends when this one begins. */
  Period before(ZoneId zoneThen) {
    LocalDate first = firstDay.minusYears(1);
    return new Period(
        plan,
        first,
        firstDay.minusDays(1),
        zoneThen,
        first.atStartOfDay(zoneThen).toInstant(),
        start);
  }

  /** How many days it has. */
  long days() {
    return ChronoUnit.DAYS.between(firstDay, lastDay) + 1;
  }

  boolean contains(Instant time) {
    return !time.isBefore(start) && time.isBefore(end);
  }

  private static Period between(String plan, int year, ZoneId zone, Instant start) {
    LocalDate first = LocalDate.ofYearDay(year, 1);
    LocalDate last = first.plusYears(1).minusDays(1);
    return new Period(
        plan, first, last, zone, start, last.plusDays(1).atStartOfDay(zone).toInstant());
  }
}
