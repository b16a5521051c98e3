package dev.fourthpillar.budget.journal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 over an entry and the hash of the entry before: who changes one has to change all that
 * follow. What is hashed is part of the contract with whoever verifies it: see
 * docs/architecture/budget.md.
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
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (DataOutputStream data = new DataOutputStream(out)) {
      data.write(bytes);
      data.writeUTF(account);
      data.writeLong(number);
      data.writeUTF(kind.name());
      data.writeUTF(debit.name());
      data.writeUTF(credit.name());
      data.writeUTF(amount.toString());
      data.writeUTF(cause.type().name());
      data.writeUTF(cause.id());
      data.writeUTF(cause.detail());
      data.writeInt(lots.size());
      for (LotPart part : lots) {
        data.writeUTF(part.lot());
        data.writeLong(part.nanos());
      }
      data.writeUTF(totals.granted().toString());
      data.writeUTF(totals.settled().toString());
      data.writeUTF(totals.expired().toString());
      data.writeUTF(totals.reduced().toString());
      data.writeUTF(totals.overage().toString());
      data.writeUTF(totals.uncapped().toString());
      write(data, effective);
      write(data, recorded);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return new ChainHash(sha256(out.toByteArray()));
  }

  private static void write(DataOutputStream data, Instant time) throws IOException {
    data.writeLong(time.getEpochSecond());
    data.writeInt(time.getNano());
  }

  private static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
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
