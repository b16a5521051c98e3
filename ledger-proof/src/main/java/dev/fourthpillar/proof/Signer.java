package dev.fourthpillar.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Signs checkpoints with one Ed25519 key, of which both halves are in a PEM file. */
public final class Signer {
  /** How to make the file. */
  public static final String FORM =
      "a PEM file with an Ed25519 private key (PKCS #8) and its public key";

  private static final String ALGORITHM = "Ed25519";

  private final PrivateKey secret;
  private final PublicKey key;

  private Signer(PrivateKey secret, PublicKey key) {
    this.secret = secret;
    this.key = key;
  }

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException when it is not {@link #FORM}
   */
  public static Signer read(Path file) throws IOException {
    String pem = Files.readString(file, StandardCharsets.US_ASCII);
    PrivateKey secret =
        Keys.privateKey(pem)
            .orElseThrow(() -> new IllegalArgumentException("no Ed25519 private key in it"));
    PublicKey key =
        Keys.publicKey(pem)
            .orElseThrow(() -> new IllegalArgumentException("no Ed25519 public key in it"));
    Signer signer = new Signer(secret, key);
    byte[] probe = {1, 2, 3};
    if (!verifies(key, probe, signer.sign(probe))) {
      throw new IllegalArgumentException("its public key is not that of its private key");
    }
    return signer;
  }

  /** Makes the file with a new key, readable by its owner only, unless it is there. */
  public static void create(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    KeyPair pair = newPair();
    // Written aside and linked into place: nobody reads half a key.
    Path draft =
        Files.createTempFile(file.toAbsolutePath().getParent(), ".key", null, ownerOnly(file));
    try {
      Files.writeString(draft, Keys.pem(pair.getPrivate()) + Keys.pem(pair.getPublic()));
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException _) {
      // Somebody else's came first.
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** With a new key that is written nowhere. */
  static Signer random() {
    KeyPair pair = newPair();
    return new Signer(pair.getPrivate(), pair.getPublic());
  }

  public PublicKey publicKey() {
    return key;
  }

  public String keyId() {
    return Keys.id(key);
  }

  public byte[] sign(Statement statement) {
    return sign(statement.signedBytes());
  }

  private byte[] sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(secret);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has Ed25519", e);
    }
  }

  static boolean verifies(PublicKey key, byte[] bytes, byte[] signed) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(bytes);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      // Bytes that are no signature at all.
      return false;
    }
  }

  private static KeyPair newPair() {
    try {
      return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has Ed25519", e);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
