package dev.fourthpillar.budget.person;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The days of somebody's employment.
 *
 * @param firstDay which counts
 * @param lastDay which still counts; empty while no end is known
 */
public record Employment(LocalDate firstDay, Optional<LocalDate> lastDay) {
  /** Whether the day is one of them. */
  public boolean covers(LocalDate day) {
    return !day.isBefore(firstDay) && lastDay.map(last -> !day.isAfter(last)).orElse(true);
  }
}
