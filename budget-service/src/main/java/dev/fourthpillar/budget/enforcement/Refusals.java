package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.outcome.Decision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts orders that were decided against, by reason: also those of batches and streams, whose call
 * succeeds.
 */
@Singleton
final class Refusals {
  private final Map<Reason, Counter> counters = new EnumMap<>(Reason.class);

  Refusals(MeterRegistry metrics) {
    // All of them from the start: a rate needs the zero before the first.
    for (Reason reason : Reason.values()) {
      counters.put(
          reason,
          Counter.builder("fourthpillar.budget.refusals")
              .description("Reservations, settlements and releases decided against, by reason")
              .tag("reason", reason.name())
              .register(metrics));
    }
  }

  void count(Collection<? extends Decision<?>> decisions) {
    for (Decision<?> decision : decisions) {
      if (decision instanceof Decision.Refused<?> refused) {
        counters.get(refused.failure().reason()).increment();
      }
    }
  }
}
