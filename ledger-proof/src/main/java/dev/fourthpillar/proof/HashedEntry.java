package dev.fourthpillar.proof;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * What an entry's hash covers beside the hash before it. The order of the fields is the order in
 * which they are hashed, and part of the contract with whoever verifies: see
 * docs/architecture/budget.md.
 *
 * @param account for example {@code engineers/ada/USD}
 * @param number in the account, from 1
 * @param kind for example {@code GRANT}; debit, credit and cause type likewise by their names
 * @param amount nanos
 * @param lots the lots it touched
 * @param totals granted, settled, expired, reduced, overage and uncapped after it, in nanos
 */
public record HashedEntry(
    String account,
    long number,
    String kind,
    String debit,
    String credit,
    BigInteger amount,
    String causeType,
    String causeId,
    String causeDetail,
    List<LotNanos> lots,
    List<BigInteger> totals,
    Instant effective,
    Instant recorded) {
  /** How many sums there are. */
  public static final int TOTALS = 6;

  public HashedEntry {
    lots = List.copyOf(lots);
    totals = List.copyOf(totals);
    if (totals.size() != TOTALS) {
      throw new IllegalArgumentException(
          "totals: %d (expected: %d)".formatted(totals.size(), TOTALS));
    }
  }

  /**
   * What the movement did to one lot.
   *
   * @param nanos signed
   */
  public record LotNanos(String lot, long nanos) {}

  /** The hash of this entry after the one with that hash. */
  public Hash hashAfter(Hash before) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (DataOutputStream data = new DataOutputStream(out)) {
      data.write(before.bytes());
      data.writeUTF(account);
      data.writeLong(number);
      data.writeUTF(kind);
      data.writeUTF(debit);
      data.writeUTF(credit);
      data.writeUTF(amount.toString());
      data.writeUTF(causeType);
      data.writeUTF(causeId);
      data.writeUTF(causeDetail);
      data.writeInt(lots.size());
      for (LotNanos part : lots) {
        data.writeUTF(part.lot());
        data.writeLong(part.nanos());
      }
      for (BigInteger total : totals) {
        data.writeUTF(total.toString());
      }
      write(data, effective);
      write(data, recorded);
    } catch (UTFDataFormatException _) {
      throw new ProofException(Flaw.FORM, "entry %d: a text of more than 65,535 bytes", number);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return Hash.over(out.toByteArray());
  }

  private static void write(DataOutputStream data, Instant time) throws IOException {
    data.writeLong(time.getEpochSecond());
    data.writeInt(time.getNano());
  }
}
