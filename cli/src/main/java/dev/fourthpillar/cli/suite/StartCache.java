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
  USED,

  /** Start as though there were none. */
  IGNORED,

  /** None, and both compilers: slow to start and fast under load, as in a cluster. */
  FOR_LOAD,

  /** Write it when they stop. */
  WRITTEN(Duration.ofMinutes(3));

  /** Ready in half the time; what the optimising compiler would gain comes after minutes. */
  private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

  private final Duration stoppedWithin;

  StartCache() {
    this(Duration.ofSeconds(30));
  }

  StartCache(Duration stoppedWithin) {
    this.stoppedWithin = stoppedWithin;
  }

  /** What the virtual machine is told. */
  List<String> flags(Path cache) {
    return switch (this) {
      case USED ->
          Files.isReadable(cache)
              ? List.of(QUICK_COMPILER, "-XX:AOTCache=" + cache)
              : List.of(QUICK_COMPILER);
      case IGNORED -> List.of(QUICK_COMPILER);
      case FOR_LOAD -> List.of();
      case WRITTEN ->
          // Java warns of each class that cannot be kept; there are always some.
          List.of(QUICK_COMPILER, "-XX:AOTCacheOutput=" + cache, "-Xlog:aot*=error,cds*=error");
    };
  }

  /** How long a service may take to stop. Drain and close have their own, shorter limit: 9 s. */
  Duration stoppedWithin() {
    return stoppedWithin;
  }
}
