package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.money.Amount;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A lot as it should be. Its id follows from what it is for, so that whoever opens it opens the
 * same one.
 *
 * @param id {@code plan/engineer/first day} of a period, {@code once/engineer/segment} of a one-off
 * @param amount in whole minor units
 * @param effective from when on it pays
 * @param expiry from when on it does not
 * @param parts what it is made of, by day; their sum is the amount
 */
record PlannedLot(String id, Amount amount, Instant effective, Instant expiry, List<Part> parts) {
  PlannedLot {
    parts = List.copyOf(parts);
  }

  /**
   * What one segment of the entitlement puts into the lot.
   *
   * @param firstDay the first day that counts
   * @param lastDay the last one, included
   */
  record Part(String segment, LocalDate firstDay, LocalDate lastDay, Amount amount) {}
}
