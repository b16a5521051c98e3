package dev.fourthpillar.localdb;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Temporary servers whose JVM was killed. Nothing else would ever stop them or delete their data,
 * so the next temporary server does.
 */
final class LeftOvers {

  static final String PREFIX = "fourthpillar-postgres-";

  /** Between making its lock file and locking it, a starting JVM must not pass for a dead one. */
  private static final Duration MIN_AGE = Duration.ofMinutes(1);

  private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(LeftOvers.class);

  private LeftOvers() {}

  static void sweep() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (DirectoryStream<Path> candidates = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (Path candidate : candidates) {
        removeIfAbandoned(candidate);
      }
    } catch (IOException e) {
      LOG.warn("cannot look for abandoned servers in {}", temporary, e);
    }
  }

  private static void removeIfAbandoned(Path root) {
    try {
      Instant locked = Files.getLastModifiedTime(root.resolve(Home.LOCK_FILE)).toInstant();
      if (locked.plus(MIN_AGE).isAfter(Instant.now())) {
        return;
      }
      try (Home home = Home.openLeftOver(root)) {
        Postmaster.of(home.data()).ifPresent(postmaster -> postmaster.kill9(KILL_TIMEOUT));
        LOG.info("removing {}, left behind by a killed JVM", root);
      }
    } catch (IOException | LocalPostgresException e) {
      LOG.debug("{} is not ours to remove", root, e);
    }
  }
}
