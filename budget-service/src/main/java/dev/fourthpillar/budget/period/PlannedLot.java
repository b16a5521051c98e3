package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.lot.Rollover;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A lot as it should be. Its id follows from what it is for, so that whoever opens it opens the
 * same one.
 *
 * @param id {@code plan/engineer/first day} of a period, {@code once/engineer/segment} of a one-off
 * @param amount in whole minor units
 * @param effective from when on it pays
 * @param expiry from when on it does not
 * @param rollover how what is unused goes on
 * @param parts what it is made of, by day; their sum is the amount, before anything is taken back
 */
record PlannedLot(
    String id,
    Amount amount,
    Instant effective,
    Instant expiry,
    Optional<Rollover> rollover,
    List<Part> parts) {
  PlannedLot {
    parts = List.copyOf(parts);
  }

  /** With so many nanos less, of which somebody has taken them back. */
  PlannedLot less(long nanos) {
    return nanos == 0
        ? this
        : new PlannedLot(
            id,
            new Amount(amount.currency(), Math.max(0, amount.nanos() - nanos)),
            effective,
            expiry,
            rollover,
            parts);
  }

  /** Whether it is there instead of a lot that is not planned any more. */
  boolean replaces(AccountId account, Lot lot) {
    return amount.currency().equals(account.currency())
        && Minutes.of(effective) < lot.expiry()
        && Minutes.of(expiry) > lot.effective();
  }

  /**
   * The same, with what becomes of its rest at the end of the employment, if it lives until then.
   */
  PlannedLot until(Exit exit) {
    return expiry.isBefore(exit.end())
        ? this
        : new PlannedLot(id, amount, effective, expiry, Optional.of(exit.rest()), parts);
  }

  /**
   * What one segment of the entitlement puts into the lot.
   *
   * @param firstDay the first day that counts
   * @param lastDay the last one, included
   */
  record Part(String segment, LocalDate firstDay, LocalDate lastDay, Amount amount) {}
}
