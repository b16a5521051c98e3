package dev.fourthpillar.cli.suite;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What suite to start.
 *
 * @param data where it keeps its data; empty = in a directory that goes with it
 * @param ports where it listens
 * @param readyWithin how long a service may take; a first start makes its tables
 * @param startCache whether the services start from Java's cache, or write it
 * @param deduplicationWindow how old usage may be that is recorded; 1 to 3,650 days, whole hours
 */
public record SuiteOptions(
    Optional<Path> data,
    Ports ports,
    Duration readyWithin,
    StartCache startCache,
    Duration deduplicationWindow) {
  public static final Duration DEFAULT_READY_WITHIN = Duration.ofMinutes(2);

  /** As in a cluster. */
  public static final Duration DEFAULT_DEDUPLICATION_WINDOW = Duration.ofDays(35);

  private static final Duration LONGEST_DEDUPLICATION_WINDOW = Duration.ofDays(3_650);

  /** Data in this directory, kept between runs, on the documented ports. */
  public static SuiteOptions keptIn(Path data) {
    return of(Optional.of(data), Ports.usual());
  }

  /** Data that go with the suite, on free ports. */
  public static SuiteOptions temporary() {
    return of(Optional.empty(), Ports.free());
  }

  private static SuiteOptions of(Optional<Path> data, Ports ports) {
    return new SuiteOptions(
        data, ports, DEFAULT_READY_WITHIN, StartCache.USED, DEFAULT_DEDUPLICATION_WINDOW);
  }

  public SuiteOptions on(Ports otherPorts) {
    return new SuiteOptions(data, otherPorts, readyWithin, startCache, deduplicationWindow);
  }

  public SuiteOptions with(StartCache otherStartCache) {
    return new SuiteOptions(data, ports, readyWithin, otherStartCache, deduplicationWindow);
  }

  /** Recording usage of that age. */
  public SuiteOptions recordingUsageOf(Duration age) {
    return new SuiteOptions(data, ports, readyWithin, startCache, age);
  }

  /** Recording what was used since then, for an hour from now: a recorded run as it was. */
  public SuiteOptions recordingUsageSince(Instant oldest, Instant now) {
    Duration age = Duration.between(oldest, now).plusHours(1);
    if (age.compareTo(DEFAULT_DEDUPLICATION_WINDOW) < 0) {
      return recordingUsageOf(DEFAULT_DEDUPLICATION_WINDOW);
    }
    return recordingUsageOf(
        age.compareTo(LONGEST_DEDUPLICATION_WINDOW) > 0 ? LONGEST_DEDUPLICATION_WINDOW : age);
  }
}
