package dev.fourthpillar.budget.account;

import dev.fourthpillar.budget.hold.Hold;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What a command did.
 *
 * @param applied false when it was known already and changed nothing
 * @param own nanos by which lots, or an entitlement without a limit, pay more than before
 * @param overage nanos by which the employer pays more than before
 * @param available nanos that a hold could take after it
 * @param hold the hold it was about
 */
public record AccountAnswer(
    boolean applied,
    BigInteger own,
    BigInteger overage,
    BigInteger available,
    Optional<Hold> hold) {

  /** Of a hold that was let through without a look at its account. */
  public static AccountAnswer unchecked(Hold hold) {
    return new AccountAnswer(
        true, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, Optional.of(hold));
  }
}
