package dev.fourthpillar.budget.period;

import dev.fourthpillar.budget.plan.Days;
import dev.fourthpillar.budget.plan.Plan;
import dev.fourthpillar.budget.plan.PlanHistory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A period of one person's budget. Its days are those of the plan's cadence; it begins when the one
 * before ends, and ends where its last day does in the zone the person had when it was opened. So a
 * person who moves has neither a gap nor an overlap.
 *
 * @param plan whose cadence it is
 * @param lastDay included
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

  /**
   * The period that contains the day, where there is none beside it yet.
   *
   * @param hired the first day of the employment
   */
  static Period of(PlanHistory plan, LocalDate day, ZoneId zone, LocalDate hired) {
    Days days = plan.period(day, hired);
    return new Period(
        plan.id(),
        days.first(),
        days.last(),
        zone,
        startOf(days.first(), zone),
        endOf(days.last(), zone));
  }

  /** The one that begins when this one ends. */
  Period next(PlanHistory terms, ZoneId zoneThen, LocalDate hired) {
    LocalDate first = lastDay.plusDays(1);
    LocalDate last = terms.period(first, hired).last();
    while (!endOf(last, zoneThen).isAfter(end)) {
      // A period of a day may be over in the new zone before it began in the old one.
      last = terms.period(last.plusDays(1), hired).last();
    }
    return new Period(plan, first, last, zoneThen, end, endOf(last, zoneThen));
  }

  /** The one that ends when this one begins. */
  Period before(PlanHistory terms, ZoneId zoneThen, LocalDate hired) {
    LocalDate last = firstDay.minusDays(1);
    LocalDate first = terms.period(last, hired).first();
    return new Period(plan, first, last, zoneThen, startOf(first, zoneThen), start);
  }

  Days days() {
    return new Days(firstDay, lastDay);
  }

  /** From when on its lot does not pay any more. */
  Instant paysUntil(Plan terms) {
    return terms.expireAfterDays() == 0
        ? end
        : endOf(lastDay.plusDays(terms.expireAfterDays()), zone);
  }

  private static Instant startOf(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  private static Instant endOf(LocalDate day, ZoneId zone) {
    return startOf(day.plusDays(1), zone);
  }
}
