package dev.fourthpillar.comp.personal;

import dev.fourthpillar.comp.calendar.OfferYears;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A year of a package, from an anniversary of its start to the day before the next.
 *
 * @param first the first day
 * @param last the last day, which still counts
 */
public record ContractYear(LocalDate first, LocalDate last) {

  /** The year that holds {@code day}; year 1 before the start. */
  public static ContractYear of(OfferYears years, LocalDate day) {
    var pay = years.year(day.isBefore(years.start()) ? 1 : years.payYearOf(day));
    return new ContractYear(pay.firstPayDay(), pay.lastPayDay());
  }

  /** The last day of it that is not after {@code day}. */
  public LocalDate through(LocalDate day) {
    return day.isBefore(last) ? day : last;
  }

  /** When it begins where the person is. */
  public Instant from(ZoneId zone) {
    return first.atStartOfDay(zone).toInstant();
  }

  /** When {@code day} has ended where the person is; the beginning while the year has not begun. */
  public Instant until(LocalDate day, ZoneId zone) {
    var next = through(day).plusDays(1);
    return (next.isBefore(first) ? first : next).atStartOfDay(zone).toInstant();
  }
}
