package dev.fourthpillar.comp.calendar;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * A stretch of twelve months, for what happens on a day and for what is paid for days.
 *
 * @param pointsAfter point events count after this day …
 * @param pointsThrough … up to and including this one
 * @param firstPayDay pay counts from this day …
 * @param lastPayDay … up to and including this one
 */
public record Window(
    LocalDate pointsAfter, LocalDate pointsThrough, LocalDate firstPayDay, LocalDate lastPayDay) {

  /** Whether something that happens on {@code day} belongs here. */
  public boolean holds(LocalDate day) {
    return day.isAfter(pointsAfter) && !day.isAfter(pointsThrough);
  }

  public long payDays() {
    return ChronoUnit.DAYS.between(firstPayDay, lastPayDay) + 1;
  }

  /** The pay days of {@code other} that are pay days here too. */
  public long payDaysShared(Window other) {
    var first = firstPayDay.isAfter(other.firstPayDay) ? firstPayDay : other.firstPayDay;
    var last = lastPayDay.isBefore(other.lastPayDay) ? lastPayDay : other.lastPayDay;
    return Math.max(0, ChronoUnit.DAYS.between(first, last) + 1);
  }
}
