package dev.fourthpillar.localdb;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * The unpacked PostgreSQL programs, one copy per user and version.
 *
 * <p>zonky finds the archive for this system and unpacks it under a lock; it offers no way to stop
 * there, because its own life cycle (no fsync by default, trust for everybody, no recovery of a
 * left-over server) follows in the same constructor. So it is stopped by its last hook before the
 * start, and the programs are run from here.
 */
final class Binaries {

  private static final String CACHE_PROPERTY = "fourthpillar.localdb.cache";
  private static final int DIGEST_CHARACTERS = 16;

  private static Path unpacked;

  private Binaries() {}

  /** The directory with initdb, pg_ctl and postgres. */
  static synchronized Path directory() {
    if (unpacked == null || !Files.isExecutable(unpacked.resolve("postgres"))) {
      try {
        unpacked = unpack();
      } catch (IOException e) {
        throw new LocalPostgresException("cannot unpack the PostgreSQL programs", e);
      }
    }
    return unpacked;
  }

  private static Path unpack() throws IOException {
    Path cache = Files.createDirectories(cacheDirectory());
    Path scratch = Files.createTempDirectory("fourthpillar-unpack-");
    try {
      // With a configuration in place zonky runs no initdb.
      Files.createFile(scratch.resolve("postgresql.conf"));
      EmbeddedPostgres.builder()
          .setCleanDataDirectory(false)
          .setRegisterShutdownHook(false)
          .setPort(1)
          .setDataDirectory(scratch)
          .setOverrideWorkingDirectory(cache.toFile())
          .setDataDirectoryCustomizer(
              _ -> {
                throw new UnpackedAndNoFurther();
              })
          .start()
          .close();
      throw new LocalPostgresException("zonky started a server although it was told to stop");
    } catch (UnpackedAndNoFurther expected) {
      return programsBelow(cache);
    } finally {
      Trees.delete(scratch);
    }
  }

  private static Path programsBelow(Path cache) throws IOException {
    try (Stream<Path> found = Files.list(cache)) {
      return found
          .map(directory -> directory.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
          .findFirst()
          .orElseThrow(() -> new LocalPostgresException("no PostgreSQL programs below " + cache));
    }
  }

  /**
   * Named after the archive's digest, so that another PostgreSQL version gets another directory.
   */
  private static Path cacheDirectory() throws IOException {
    String configured = System.getProperty(CACHE_PROPERTY);
    Path root =
        configured != null
            ? Path.of(configured)
            : Path.of(System.getProperty("user.home"), ".cache", "fourthpillar", "postgres");
    return root.resolve(archiveDigest()).toAbsolutePath();
  }

  private static String archiveDigest() throws IOException {
    String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
    String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
    try (var archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
      if (archive == null) {
        throw new LocalPostgresException(
            "no PostgreSQL programs for %s/%s on the class path (expected: a zonky binaries jar)"
                .formatted(system, machine));
      }
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive.readAllBytes());
      return HexFormat.of().formatHex(digest).substring(0, DIGEST_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static final class UnpackedAndNoFurther extends RuntimeException {
    UnpackedAndNoFurther() {
      super(null, null, false, false);
    }
  }
}
