package dev.fourthpillar.budget.journal;

import dev.fourthpillar.proof.Hash;
import dev.fourthpillar.proof.HashedEntry;
import dev.fourthpillar.proof.HashedEntry.LotNanos;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 over an entry and the hash of the entry before: who changes one has to change all that
 * follow. What is hashed is {@link HashedEntry}.
 */
public final class ChainHash {
  /** Before the first entry. */
  public static final ChainHash START = new ChainHash(new byte[32]);

  private static final int BYTES = 32;

  private final byte[] bytes;

  public ChainHash(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "hash: %d bytes (expected: %d)".formatted(bytes.length, BYTES));
    }
    this.bytes = bytes.clone();
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** The hash of the entry that follows the one with this hash. */
  public ChainHash next(
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
    return new ChainHash(
        new HashedEntry(
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
            .hashAfter(hash())
            .bytes());
  }

  /** As proofs have it. */
  public Hash hash() {
    return Hash.of("chain_hash", bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChainHash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
