package dev.fourthpillar.proof;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.time.LocalDate;

/**
 * What a checkpoint says, and is signed.
 *
 * @param keyId of the key that signs it
 * @param number 1, 2, 3, …
 * @param day that it closes, UTC
 * @param accounts leaves of the tree
 * @param previousRoot of the checkpoint before; zeros in the first
 */
public record Statement(
    String keyId, long number, LocalDate day, long accounts, Hash previousRoot, Hash root) {
  private static final String WHAT = "fourthpillar.ledger-checkpoint.v1";

  /** What an account adds to the tree. */
  public static Hash leaf(String account, long entry, Hash head) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(128);
    try (DataOutputStream data = new DataOutputStream(out)) {
      data.writeUTF(account);
      data.writeLong(entry);
      data.write(head.bytes());
    } catch (UTFDataFormatException _) {
      throw new ProofException(Flaw.FORM, "account: more than 65,535 bytes");
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return MerkleTree.leaf(out.toByteArray());
  }

  byte[] signedBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (DataOutputStream data = new DataOutputStream(out)) {
      data.writeUTF(WHAT);
      data.writeUTF(keyId);
      data.writeLong(number);
      data.writeUTF(day.toString());
      data.writeLong(accounts);
      data.write(previousRoot.bytes());
      data.write(root.bytes());
    } catch (UTFDataFormatException _) {
      throw new ProofException(Flaw.FORM, "key_id: more than 65,535 bytes");
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return out.toByteArray();
  }
}
