package dev.fourthpillar.budget.plan;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What of the unspent survives an exit, vesting in equal steps, one each whole month of employment.
 *
 * @param percent when all of it is vested, 1 to 100
 * @param vestingMonths until then; 0 = at once
 * @param cliffMonths before which nothing is vested, at most {@code vestingMonths}
 */
public record PlanPortability(int percent, int vestingMonths, int cliffMonths) {
  private static final long MICRO = 1_000_000;

  /** What is vested on a day, in millionths of a percent, rounded down. */
  public int microPercent(LocalDate hired, LocalDate day) {
    long months = Math.min(vestingMonths, steps(hired, day));
    if (months < cliffMonths) {
      return 0;
    }
    long whole = percent * MICRO;
    return Math.toIntExact(vestingMonths == 0 ? whole : whole * months / vestingMonths);
  }

  /** The first day after this one on which more may be vested. */
  public Optional<LocalDate> nextStep(LocalDate hired, LocalDate day) {
    long months = steps(hired, day) + 1;
    return months > vestingMonths ? Optional.empty() : Optional.of(hired.plusMonths(months));
  }

  /** Who began on a 31st has the step of a shorter month on its last day. */
  private static long steps(LocalDate hired, LocalDate day) {
    long months = ChronoUnit.MONTHS.between(hired, day);
    return hired.plusMonths(months + 1).isAfter(day) ? months : months + 1;
  }
}
