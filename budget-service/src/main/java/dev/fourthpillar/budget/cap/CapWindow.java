package dev.fourthpillar.budget.cap;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/** How long what a cap counts stays in it; by days of the cap's zone. */
public enum CapWindow {
  DAY,
  WEEK,
  MONTH,
  YEAR,
  /** For ever. */
  TOTAL;

  /** The first day of the window that has this one; empty where there is one window alone. */
  Optional<LocalDate> first(LocalDate day) {
    return switch (this) {
      case DAY -> Optional.of(day);
      case WEEK -> Optional.of(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
      case MONTH -> Optional.of(day.withDayOfMonth(1));
      case YEAR -> Optional.of(day.withDayOfYear(1));
      case TOTAL -> Optional.empty();
    };
  }

  /** The first day of the window after the one that begins on this day; likewise. */
  Optional<LocalDate> next(LocalDate first) {
    return switch (this) {
      case DAY -> Optional.of(first.plusDays(1));
      case WEEK -> Optional.of(first.plusWeeks(1));
      case MONTH -> Optional.of(first.plusMonths(1));
      case YEAR -> Optional.of(first.plusYears(1));
      case TOTAL -> Optional.empty();
    };
  }
}
