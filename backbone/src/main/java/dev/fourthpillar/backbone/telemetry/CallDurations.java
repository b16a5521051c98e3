package dev.fourthpillar.backbone.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Counts calls by how long they took, beside their sum: an objective is about a share of the calls,
 * which no average shows. Few buckets, because each is a series for every method and status.
 */
@Singleton
final class CallDurations implements MeterFilter {
  private static final String CALLS = "grpc.server.processing.duration";

  /** 20 ms is the objective of a reservation. */
  private static final List<Duration> BUCKETS =
      Stream.of(5, 10, 20, 50, 100, 250, 500, 1_000, 5_000).map(Duration::ofMillis).toList();

  @Override
  public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
    if (!id.getName().equals(CALLS)) {
      return config;
    }
    return DistributionStatisticConfig.builder()
        .serviceLevelObjectives(BUCKETS.stream().mapToDouble(Duration::toNanos).toArray())
        .build()
        .merge(config);
  }
}
