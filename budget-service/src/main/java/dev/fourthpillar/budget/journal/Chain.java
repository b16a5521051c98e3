package dev.fourthpillar.budget.journal;

import dev.fourthpillar.proof.Hash;
import dev.fourthpillar.proof.HashedEntry;
import dev.fourthpillar.proof.HashedEntry.LotNanos;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * The chain of an account's journal: SHA-256 over an entry and the hash of the entry before, so
 * that who changes one has to change all that follow. What is hashed is {@link HashedEntry}.
 */
public final class Chain {
  /** Before the first entry. */
  public static final Hash START = Hash.ZERO;

  private Chain() {}

  /** The hash of the entry that follows the one with the hash {@code before}. */
  public static Hash next(
      Hash before,
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
      Instant recorded) {
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
