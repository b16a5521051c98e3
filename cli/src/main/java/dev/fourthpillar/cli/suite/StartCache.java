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
      return Files.isReadable(cache)
          ? List.of(QUICK_COMPILER, "-XX:AOTCache=" + cache)
          : List.of(QUICK_COMPILER);
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
      return List.of(QUICK_COMPILER);
    }

    @Override
    Duration stoppedWithin() {
      return USED.stoppedWithin();
    }
  },

  /** None, and both compilers: slow to start and fast under load, as in a cluster. */
  FOR_LOAD {
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
      return List.of(QUICK_COMPILER, "-XX:AOTCacheOutput=" + cache, "-Xlog:aot*=error,cds*=error");
    }

    @Override
    Duration stoppedWithin() {
      return Duration.ofMinutes(3);
    }
  };

  /** Ready in half the time; what the optimising compiler would gain comes after minutes. */
  private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

  /** What the virtual machine is told. */
  abstract List<String> flags(Path cache);

  /** How long a service may take to stop. Drain and close have their own, shorter limit: 9 s. */
  abstract Duration stoppedWithin();
}
