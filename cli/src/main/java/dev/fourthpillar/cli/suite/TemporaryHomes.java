package dev.fourthpillar.cli.suite;

import dev.fourthpillar.localdb.Trees;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Directories of suites that keep nothing. One whose process was killed is removed, with what it
 * left running, by the next suite of the same user.
 */
final class TemporaryHomes {
  private static final String PREFIX = "fourthpillar-suite-";

  /**
   * Between making its directory and locking it, a starting process must not pass for a dead one.
   */
  private static final Duration MIN_AGE = Duration.ofMinutes(1);

  private TemporaryHomes() {}

  static Path create() {
    sweep();
    try {
      return Files.createTempDirectory(PREFIX);
    } catch (IOException e) {
      throw new SuiteException("cannot make a temporary directory", e);
    }
  }

  private static void sweep() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (DirectoryStream<Path> candidates = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (Path candidate : candidates) {
        removeIfAbandoned(candidate);
      }
    } catch (IOException _) {
      // What is left lying about is no reason not to start.
    }
  }

  private static void removeIfAbandoned(Path root) {
    try {
      Instant made = Files.getLastModifiedTime(root).toInstant();
      if (made.plus(MIN_AGE).isAfter(Instant.now()) || !Files.isWritable(root)) {
        return;
      }
      try (SuiteHome home = SuiteHome.open(root)) {
        LeftBehind.stop(home.directory(), SuiteListener.SILENT);
      }
      Trees.delete(root);
    } catch (IOException | SuiteException _) {
      // In use, or not ours to remove.
    }
  }
}
