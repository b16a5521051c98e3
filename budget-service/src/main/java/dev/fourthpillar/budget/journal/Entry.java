package dev.fourthpillar.budget.journal;

import dev.fourthpillar.proof.Hash;
import dev.fourthpillar.proof.HashedEntry;
import dev.fourthpillar.proof.HashedEntry.LotNanos;
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
 * @param hash of the entry and of all before it; {@link Hash#ZERO} stands before the first
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

  /** The same as it follows the entry with the hash {@code before}: with a hash of its own. */
  public Entry after(Hash before) {
    return new Entry(
        account,
        number,
        kind,
        debit,
        credit,
        amount,
        cause,
        lots,
        totals,
        effective,
        recorded,
        hashAfter(before));
  }

  /**
   * What its hash has to be behind the entry with the hash {@code before}: who changes one entry
   * has to change all that follow. What is hashed is {@link HashedEntry}.
   */
  public Hash hashAfter(Hash before) {
    return new HashedEntry(
            account,
            number,
            kind.name(),
            debit.name(),
            credit.name(),
            amount,
            cause.type().name(),
            cause.id(),
            cause.detail(),
            lots.stream().map(part -> new LotNanos(part.lot(), part.nanos())).toList(),
            List.of(
                totals.granted(),
                totals.settled(),
                totals.expired(),
                totals.reduced(),
                totals.overage(),
                totals.uncapped()),
            effective,
            recorded)
        .hashAfter(before);
  }
}
