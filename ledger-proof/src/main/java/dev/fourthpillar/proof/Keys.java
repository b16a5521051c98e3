package dev.fourthpillar.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Ed25519 keys as PEM, and what they are called. */
public final class Keys {
  private static final String ALGORITHM = "Ed25519";
  private static final int ID_DIGITS = 16;
  private static final int LINE_CHARS = 64;
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";

  private Keys() {}

  /** The first 16 hexadecimal digits of SHA-256 over the key. */
  public static String id(PublicKey key) {
    return Hash.over(key.getEncoded()).toString().substring(0, ID_DIGITS);
  }

  /** The first public key of a PEM text; empty when there is none that can be read. */
  public static Optional<PublicKey> publicKey(String pem) {
    return block(pem, PUBLIC).flatMap(Keys::publicKey);
  }

  /** From its X.509 form. */
  public static Optional<PublicKey> publicKey(byte[] encoded) {
    try {
      return Optional.of(
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  /** The first private key of a PEM text (PKCS #8); empty when there is none that can be read. */
  static Optional<PrivateKey> privateKey(String pem) {
    return block(pem, PRIVATE)
        .flatMap(
            encoded -> {
              try {
                return Optional.of(
                    KeyFactory.getInstance(ALGORITHM)
                        .generatePrivate(new PKCS8EncodedKeySpec(encoded)));
              } catch (GeneralSecurityException _) {
                return Optional.empty();
              }
            });
  }

  public static String pem(PublicKey key) {
    return pem(PUBLIC, key.getEncoded());
  }

  static String pem(PrivateKey key) {
    return pem(PRIVATE, key.getEncoded());
  }

  private static String pem(String what, byte[] encoded) {
    String lines =
        Base64.getMimeEncoder(LINE_CHARS, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(encoded);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, lines, what);
  }

  private static Optional<byte[]> block(String pem, String what) {
    var block =
        Pattern.compile(
                "-----BEGIN %s-----([A-Za-z0-9+/=\\s]+)-----END %s-----".formatted(what, what))
            .matcher(pem);
    if (!block.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(block.group(1).replaceAll("\\s", "")));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
