package dev.fourthpillar.cli.suite;

import dev.fourthpillar.proof.Signer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/**
 * A suite's directory, readable by its owner only, and the lock of the one process that may use it.
 * The lock falls with that process, however it dies.
 */
final class SuiteHome implements AutoCloseable {
  private static final int PASSWORD_BYTES = 24;

  private final SuiteDirectory directory;
  private final FileChannel lockFile;

  private SuiteHome(SuiteDirectory directory, FileChannel lockFile) {
    this.directory = directory;
    this.lockFile = lockFile;
  }

  /**
   * @throws SuiteException when another suite uses it
   */
  static SuiteHome open(Path path) {
    try {
      Path root =
          Files.createDirectories(
                  path.toAbsolutePath(),
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rwx------")))
              .toRealPath();
      SuiteDirectory directory = new SuiteDirectory(root);
      Files.createDirectories(directory.logs());
      Files.createDirectories(directory.pids());
      Signer.create(directory.ledgerKeyFile());
      return lock(directory);
    } catch (IOException e) {
      throw new SuiteException("cannot use the data directory " + path, e);
    }
  }

  @SuppressWarnings("resource") // The lock is released by closing its channel.
  private static SuiteHome lock(SuiteDirectory directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.root().resolve("suite.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException _) {
      // This process itself has it.
    }
    if (lock == null) {
      channel.close();
      throw new SuiteException(
          directory.root() + " is in use by a running suite (expected: one at a time)");
    }
    return new SuiteHome(directory, channel);
  }

  SuiteDirectory directory() {
    return directory;
  }

  /** The password of a service's database, made when it is first asked for. */
  String databasePassword(SuiteService service) {
    Path file = directory.root().resolve("databases.properties");
    Properties passwords = directory.read(file);
    String password = passwords.getProperty(service.shortName());
    if (password == null) {
      byte[] random = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(random);
      password = HexFormat.of().formatHex(random);
      passwords.setProperty(service.shortName(), password);
      write(file, passwords);
    }
    return password;
  }

  /** Tells other processes of this user where the suite listens. */
  void publish(Ports ports) {
    Properties addresses = new Properties();
    for (SuitePort port : SuitePort.values()) {
      addresses.setProperty(port.label(), Integer.toString(ports.of(port)));
    }
    write(directory.addresses(), addresses);
  }

  private static void write(Path file, Properties properties) {
    // Whole or not at all: a run that is killed here must not leave half a file.
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      Files.deleteIfExists(unfinished);
      Files.createFile(
          unfinished,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (var out = Files.newOutputStream(unfinished)) {
        properties.store(out, null);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(directory.addresses());
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
