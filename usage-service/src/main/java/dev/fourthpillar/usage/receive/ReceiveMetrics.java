package dev.fourthpillar.usage.receive;

import dev.fourthpillar.usage.normalise.Readings;
import dev.fourthpillar.usage.normalise.RejectReason;
import dev.fourthpillar.usage.telemetry.IgnoreReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/** What becomes of the records that come in. All series from the start: alerts need their zero. */
@Singleton
final class ReceiveMetrics {
  /** In Prometheus: {@code fourthpillar_otlp_records_total{outcome, reason}}. */
  static final String METRIC = "fourthpillar.otlp.records";

  private final Counter counted;
  private final Counter lower;
  private final Map<RejectReason, Counter> rejected = new EnumMap<>(RejectReason.class);
  private final Map<IgnoreReason, Counter> ignored = new EnumMap<>(IgnoreReason.class);

  ReceiveMetrics(MeterRegistry registry) {
    counted = counter(registry, "counted", "");
    lower = counter(registry, "lower", "");
    for (RejectReason reason : RejectReason.values()) {
      rejected.put(reason, counter(registry, "rejected", reason.name()));
    }
    for (IgnoreReason reason : IgnoreReason.values()) {
      ignored.put(reason, counter(registry, "ignored", reason.name()));
    }
  }

  void count(Readings readings) {
    counted.increment(readings.counted().size());
    lower.increment(readings.lower().size());
    readings.rejected().forEach(one -> rejected.get(one.reason()).increment());
    readings.ignored().forEach((reason, count) -> ignored.get(reason).increment(count));
  }

  private static Counter counter(MeterRegistry registry, String outcome, String reason) {
    return Counter.builder(METRIC)
        .description("Telemetry records received, by what became of them")
        .tag("outcome", outcome)
        .tag("reason", reason)
        .register(registry);
  }
}
