package dev.fourthpillar.budget.plan;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * A run of days.
 *
 * @param last included
 */
public record Days(LocalDate first, LocalDate last) {
  public Days {
    if (last.isBefore(first)) {
      throw new IllegalArgumentException(
          "days: %s to %s (expected: forward)".formatted(first, last));
    }
  }

  /** How many there are. */
  public long count() {
    return ChronoUnit.DAYS.between(first, last) + 1;
  }

  /** Those from that day on; the day is not after the last one. */
  public Days from(LocalDate day) {
    return new Days(day.isAfter(first) ? day : first, last);
  }

  /** Those until that day; the day is not before the first one. */
  public Days until(LocalDate day) {
    return new Days(first, day.isBefore(last) ? day : last);
  }
}
