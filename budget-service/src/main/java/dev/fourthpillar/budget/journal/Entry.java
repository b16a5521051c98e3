package dev.fourthpillar.budget.journal;

import dev.fourthpillar.proof.Hash;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * A movement between two books of one account. Never changed, never deleted.
 *
 * @param account whose
 * @param number 1, 2, 3, … without a gap
 * @param amount nanos, more than 0
 * @param lots the lots it touched; none for overage and for what is uncapped
 * @param totals of the account after it
 * @param effective when it counts
 * @param recorded when it was written; never earlier than the entry before
 * @param hash of the entry and of all before it
 */
public record Entry(
    String account,
    long number,
    EntryKind kind,
    Book debit,
    Book credit,
    BigInteger amount,
    Cause cause,
    List<LotPart> lots,
    Totals totals,
    Instant effective,
    Instant recorded,
    Hash hash) {
  public Entry {
    lots = List.copyOf(lots);
    if (amount.signum() <= 0) {
      throw new IllegalArgumentException("amount: %s (expected: more than 0)".formatted(amount));
    }
    if (debit == credit) {
      throw new IllegalArgumentException("debit and credit: both " + debit);
    }
  }
}
