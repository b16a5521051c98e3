package dev.fourthpillar.budget.period;

import dev.fourthpillar.budget.plan.PlanHistory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Which periods there have to be. Pure. */
final class Calendar {
  private Calendar() {}

  /**
   * The periods of a plan from the one that contains the first day on, up to the last one that
   * begins before the time: those that are kept, as they are, and those that are missing around
   * them.
   *
   * @param kept of one plan, by first day, without a gap
   * @param hired the first day of the employment
   */
  static List<Period> until(
      PlanHistory plan,
      List<Period> kept,
      LocalDate firstDay,
      Instant before,
      ZoneId zone,
      LocalDate hired) {
    List<Period> periods = new ArrayList<>(kept);
    if (periods.isEmpty()) {
      periods.add(Period.of(plan, firstDay, zone, hired));
    }
    while (firstDay.isBefore(periods.getFirst().firstDay())) {
      periods.addFirst(periods.getFirst().before(plan, zone, hired));
    }
    while (!periods.getLast().end().isAfter(before)) {
      periods.add(periods.getLast().next(plan, zone, hired));
    }
    return periods;
  }
}
