package dev.fourthpillar.budget.settled;

import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.cap.CapScope;
import java.time.Instant;

/**
 * One charge of usage-service, or the change of one.
 *
 * @param number in the person's usage, from 1
 * @param cause why
 * @param minute when the calls were made
 * @param list at list price, signed
 * @param employer at the employer's cost, signed
 * @param revision of the unit, from 1; 0 where a line sums several
 * @param holdId the hold that paid for the call; empty for none
 * @param attempt of the hold; 0 for none
 * @param employerPays whether nobody's budget may be charged
 * @param scope what caps go by
 */
record UsageLine(
    long number,
    Cause cause,
    Instant minute,
    Amount list,
    Amount employer,
    int revision,
    String holdId,
    int attempt,
    boolean employerPays,
    CapScope scope) {

  /** Why usage-service charges it. */
  enum Cause {
    USAGE,
    REVISED,
    ATTRIBUTED,
    MATCHED_HOLD,
    REPRICED,
    VOIDED,
    SUPPRESSED,
    REVIEWED
  }

  /** The name under which it is booked; unique for ever. */
  String lineId(String engineer) {
    return "usage/%s/%d".formatted(engineer, number);
  }
}
