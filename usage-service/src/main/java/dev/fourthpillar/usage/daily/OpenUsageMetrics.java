package dev.fourthpillar.usage.daily;

import dev.fourthpillar.backbone.repeat.Repeated;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.usage.daily.OpenUsageRepository.Counts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How many calls are open, for alerts. Counted now and then and not with every call. Each replica
 * shows the same numbers: take the largest, never the sum. Before the first count there is none.
 */
@Context
final class OpenUsageMetrics implements AutoCloseable {
  /** In Prometheus: {@code fourthpillar_usage_unattributed_calls}. */
  static final String UNATTRIBUTED = "fourthpillar.usage.unattributed.calls";

  /** In Prometheus: {@code fourthpillar_usage_unpriced_calls}. */
  static final String UNPRICED = "fourthpillar.usage.unpriced.calls";

  /** In Prometheus: {@code fourthpillar_usage_unmatched_calls}. */
  static final String UNMATCHED = "fourthpillar.usage.unmatched.calls";

  private final AtomicReference<@Nullable Counts> counts = new AtomicReference<>();
  private final Repeated repeated;

  OpenUsageMetrics(
      MeterRegistry registry,
      Transactions transactions,
      OpenUsageRepository usage,
      OpenUsageConfig config) {
    gauge(registry, UNATTRIBUTED, "Calls that are nobody's", Counts::unattributed);
    gauge(registry, UNPRICED, "Calls that have no price", Counts::unpriced);
    gauge(
        registry, UNMATCHED, "Calls that found no hold and wait for a decision", Counts::unmatched);
    this.repeated =
        Repeated.start(
            "count open usage",
            config.countInterval(),
            () -> counts.set(transactions.run(usage::counts)));
  }

  private void gauge(
      MeterRegistry registry, String name, String what, ToLongFunction<Counts> count) {
    Gauge.builder(name, () -> count(count)).description(what).register(registry);
  }

  private @Nullable Number count(ToLongFunction<Counts> count) {
    Counts now = counts.get();
    return now == null ? null : count.applyAsLong(now);
  }

  @PreDestroy
  @Override
  public void close() {
    repeated.close();
  }
}
