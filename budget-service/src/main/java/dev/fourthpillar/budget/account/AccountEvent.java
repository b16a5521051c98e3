package dev.fourthpillar.budget.account;

import dev.fourthpillar.budget.account.AccountCommand.By;
import dev.fourthpillar.budget.charge.Charge;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.journal.Cause;
import dev.fourthpillar.budget.lot.Lot;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/** What others have to know of. */
public sealed interface AccountEvent {

  /**
   * A line was booked.
   *
   * @param own nanos that lots pay, or the entitlement without a limit; {@code own + overage} is
   *     the line's
   * @param overage nanos that the employer pays
   */
  record Charged(Charge charge, BigInteger own, BigInteger overage, Instant bookTime)
      implements AccountEvent {}

  /** A hold ended, or what it booked is another now. */
  record HoldEnded(Hold hold) implements AccountEvent {}

  /**
   * A lot is another one than before; its versions rise by one, together with those of the period.
   *
   * @param before empty when it is new
   * @param announced when it takes effect, where it has not yet
   */
  record LotChanged(
      long version,
      LotChange change,
      Optional<Lot> before,
      Lot after,
      Cause cause,
      By by,
      Optional<Instant> announced)
      implements AccountEvent {
    LotChanged withVersion(long other) {
      return new LotChanged(other, change, before, after, cause, by, announced);
    }
  }

  /** What happened to a lot. */
  enum LotChange {
    ISSUED,
    REDUCED,
    REVOKED,
    EXTENDED,
    EXPIRED,
    ROLLED_OVER
  }

  /** What is about the period's thresholds; its versions rise by one. */
  sealed interface OfPeriod extends AccountEvent {
    long version();
  }

  /** Settled and held reached a threshold. */
  record Crossed(long version, int percent, BigInteger used, BigInteger budget, long periodStart)
      implements OfPeriod {}

  /** It should not have been told, or does not hold any more. */
  record Cleared(long version, int percent, long periodStart) implements OfPeriod {}

  /** Nothing is left. */
  record Exhausted(long version, long periodStart) implements OfPeriod {}
}
