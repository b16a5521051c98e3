package dev.fourthpillar.backbone.edge.auth;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.Set;
import java.util.function.Supplier;

/** A private key in a JWK Set file that nobody but its owner may read. */
final class LocalKeyFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private LocalKeyFile() {}

  static ECKey readOrCreate(Path file, Supplier<ECKey> newKey) {
    try {
      if (!Files.exists(file)) {
        create(file, newKey.get());
      }
      return read(file);
    } catch (IOException e) {
      throw new UncheckedIOException("local key file " + file + " cannot be used", e);
    }
  }

  private static void create(Path file, ECKey key) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, attribute(folder.getRoot(), OWNER_ONLY_FOLDER));
    }
    // Written aside and linked into place: of several processes that start together all read the
    // one file that came first, and none reads half a file.
    Path draft =
        Files.createTempFile(folder, ".local-issuer", ".draft", attribute(folder, OWNER_ONLY));
    try {
      Files.writeString(draft, new JWKSet(key).toString(false));
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException _) {
      // Somebody else's came first.
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static ECKey read(Path file) throws IOException {
    if (isPosix(file)) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (!OWNER_ONLY.containsAll(permissions)) {
        throw new IllegalStateException(
            "local key file %s: %s (expected: %s, it holds a private key)"
                .formatted(
                    file,
                    PosixFilePermissions.toString(permissions),
                    PosixFilePermissions.toString(OWNER_ONLY)));
      }
    }
    try {
      for (JWK key : JWKSet.parse(Files.readString(file)).getKeys()) {
        if (key instanceof ECKey ec && ec.isPrivate()) {
          return ec;
        }
      }
    } catch (ParseException e) {
      throw new IllegalStateException("local key file " + file + " is not a JWK Set", e);
    }
    throw new IllegalStateException(
        "local key file "
            + file
            + " holds no private elliptic-curve key; remove it to get a new one");
  }

  private static FileAttribute<?>[] attribute(Path where, Set<PosixFilePermission> permissions) {
    return isPosix(where)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
