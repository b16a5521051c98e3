package dev.fourthpillar.localdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server's directory on disk: data, log, superuser password and the lock of its owner.
 *
 * <p>The lock belongs to a living JVM and falls with it however it dies. So a server found running
 * under a free lock is a left-over, and one under a held lock is somebody's.
 */
final class Home implements AutoCloseable {

  static final String SUPERUSER = "postgres";

  /** initdb syncs a few thousand small files; slow disks take their time. */
  private static final Duration INITDB_TIMEOUT = Duration.ofMinutes(2);

  private static final int PASSWORD_BYTES = 24;

  /** The directories that this JVM owns. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path root;
  private final boolean temporary;
  private final FileChannel lockFile;

  private Home(Path root, boolean temporary, FileChannel lockFile) {
    this.root = root;
    this.temporary = temporary;
    this.lockFile = lockFile;
  }

  /** Opens and locks the directory; refuses one that another owner holds. */
  static Home open(Storage storage) {
    try {
      return switch (storage) {
        case Storage.Kept(Path directory) ->
            lock(Files.createDirectories(directory.toAbsolutePath()).toRealPath(), false);
        case Storage.Temporary() -> {
          LeftOvers.sweep();
          yield lock(Files.createTempDirectory(LeftOvers.PREFIX).toRealPath(), true);
        }
      };
    } catch (IOException e) {
      throw new LocalPostgresException("cannot use the directory of " + storage, e);
    }
  }

  /** Opens a temporary directory that an earlier JVM left behind, so that closing deletes it. */
  static Home openLeftOver(Path root) throws IOException {
    return lock(root.toRealPath(), true);
  }

  @SuppressWarnings("resource") // The lock is released by closing its channel.
  private static Home lock(Path root, boolean temporary) throws IOException {
    // Asked before the file is opened: on POSIX, closing any channel on a file drops every lock
    // that this JVM holds on it.
    if (!HELD.add(root)) {
      throw inUse(root);
    }
    FileChannel channel = null;
    FileLock lock = null;
    try {
      channel =
          FileChannel.open(
              root.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = channel.tryLock();
      if (lock == null) {
        throw inUse(root);
      }
      return new Home(root, temporary, channel);
    } finally {
      if (lock == null) {
        HELD.remove(root);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static LocalPostgresException inUse(Path root) {
    return new LocalPostgresException(
        root + " is in use by another local server (expected: one owner at a time)");
  }

  static final String LOCK_FILE = "owner.lock";

  Path data() {
    return root.resolve("data");
  }

  Path serverLog() {
    return root.resolve("server.log");
  }

  Path commandLog() {
    return root.resolve("command.log");
  }

  String superuserPassword() {
    try {
      return Files.readString(passwordFile()).strip();
    } catch (IOException e) {
      throw new LocalPostgresException("cannot read the superuser password in " + root, e);
    }
  }

  /** Makes a new cluster unless there is one; true when it did. */
  boolean initialise() {
    if (Files.exists(data())) {
      return false;
    }
    // Renamed when complete: an initdb that was killed half-way must not pass for a cluster.
    Path unfinished = root.resolve("data.unfinished");
    try {
      if (Files.exists(unfinished)) {
        Trees.delete(unfinished);
      }
      writePassword();
      initdb(unfinished);
      Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      throw new LocalPostgresException("cannot initialise a cluster in " + root, e);
    }
  }

  private void initdb(Path target) {
    int exit =
        PgCommand.run(
            commandLog(),
            INITDB_TIMEOUT,
            "initdb",
            List.of(
                "--pgdata=" + target,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile(),
                "--auth=scram-sha-256",
                "--data-checksums",
                "--encoding=UTF8",
                // The same order of text on every machine, whatever its locales.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
    if (exit != 0) {
      throw new LocalPostgresException(
          "initdb failed with exit code %d: %s".formatted(exit, PgCommand.tail(commandLog())));
    }
  }

  private void writePassword() throws IOException {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    Files.deleteIfExists(passwordFile());
    Files.createFile(
        passwordFile(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(passwordFile(), HexFormat.of().formatHex(random));
  }

  private Path passwordFile() {
    return root.resolve("superuser.password");
  }

  /** Starts a new log and keeps one old one. */
  void rotateLog() {
    try {
      if (Files.exists(serverLog())) {
        Files.move(serverLog(), root.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new LocalPostgresException("cannot rotate " + serverLog(), e);
    }
  }

  /** Releases the lock; a temporary directory goes first, while nobody else can take it. */
  @Override
  public void close() {
    try (lockFile) {
      if (temporary) {
        Trees.delete(root);
      }
    } catch (IOException e) {
      throw new LocalPostgresException("cannot close " + root, e);
    } finally {
      HELD.remove(root);
    }
  }
}
