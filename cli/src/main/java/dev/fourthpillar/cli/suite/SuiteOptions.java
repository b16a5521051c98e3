package dev.fourthpillar.cli.suite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What suite to start.
 *
 * @param data where it keeps its data; empty = in a directory that goes with it
 * @param ports where it listens
 * @param readyWithin how long a service may take; a first start makes its tables
 * @param startCache whether the services start from Java's cache, or write it
 */
public record SuiteOptions(
    Optional<Path> data, Ports ports, Duration readyWithin, StartCache startCache) {
  public static final Duration DEFAULT_READY_WITHIN = Duration.ofMinutes(2);

  /** Data in this directory, kept between runs, on the documented ports. */
  public static SuiteOptions keptIn(Path data) {
    return new SuiteOptions(
        Optional.of(data), Ports.usual(), DEFAULT_READY_WITHIN, StartCache.USED);
  }

  /** Data that go with the suite, on free ports. */
  public static SuiteOptions temporary() {
    return new SuiteOptions(Optional.empty(), Ports.free(), DEFAULT_READY_WITHIN, StartCache.USED);
  }

  public SuiteOptions on(Ports otherPorts) {
    return new SuiteOptions(data, otherPorts, readyWithin, startCache);
  }

  public SuiteOptions with(StartCache otherStartCache) {
    return new SuiteOptions(data, ports, readyWithin, otherStartCache);
  }
}
