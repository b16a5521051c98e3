package dev.fourthpillar.proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** 32 bytes of SHA-256. */
public final class Hash {
  /** Before the first. */
  public static final Hash ZERO = new Hash(new byte[32]);

  private static final int BYTES = 32;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * As it was stored or sent.
   *
   * @param field for the message of what is wrong
   * @throws ProofException FORM for another number of bytes
   */
  public static Hash of(String field, byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new ProofException(
          Flaw.FORM, "%s: %d bytes (expected: %d)", field, bytes.length, BYTES);
    }
    return new Hash(bytes.clone());
  }

  /** Of these bytes, one part after the other. */
  static Hash over(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return new Hash(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
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
