package dev.fourthpillar.cli.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the services of a suite do with Java's ahead-of-time cache, which holds their classes as the
 * virtual machine has them once they have started.
 */
public enum StartCache {
  /** Start from it if it is there. Java passes over one that does not fit the jars. */
  USED {
    @Override
    List<String> flags(Path cache) {
      return Files.isReadable(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
    }

    @Override
    Duration stoppedWithin() {
      return Duration.ofSeconds(30);
    }
  },

  /** Start as though there were none. */
  IGNORED {
    @Override
    List<String> flags(Path cache) {
      return List.of();
    }

    @Override
    Duration stoppedWithin() {
      return USED.stoppedWithin();
    }
  },

  /** Write it when they stop. */
  WRITTEN {
    @Override
    List<String> flags(Path cache) {
      // Java warns of each class that cannot be kept; there are always some.
      return List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:aot*=error,cds*=error");
    }

    @Override
    Duration stoppedWithin() {
      return Duration.ofMinutes(3);
    }
  };

  /** What the virtual machine is told. */
  abstract List<String> flags(Path cache);

  /** How long a service may take to stop. Drain and close have their own, shorter limit: 9 s. */
  abstract Duration stoppedWithin();
}
