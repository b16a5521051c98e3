package dev.fourthpillar.budget.period;

import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.lot.Rollover;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The end of an employment.
 *
 * @param end of its last day
 * @param rest what becomes of what is unspent then
 */
record Exit(Instant end, Rollover rest) {
  /** Days on which what has survived is there. */
  static final int KEPT_DAYS = 90;

  /**
   * @param portable what survives, in millionths of a percent
   */
  static Exit after(LocalDate lastDay, ZoneId zone, int portable) {
    LocalDate next = lastDay.plusDays(1);
    return new Exit(
        next.atStartOfDay(zone).toInstant(),
        Rollover.atExit(
            portable, Minutes.of(next.plusDays(KEPT_DAYS).atStartOfDay(zone).toInstant())));
  }
}
