package dev.fourthpillar.usage.settle;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides again on what waited: a grace is over, a price, a person or a mapping has come. In small
 * transactions; replicas pass over each other's rows.
 */
@Singleton
final class DueSweep {
  private static final Logger LOG = LoggerFactory.getLogger(DueSweep.class);

  /** What is left waits for the next sweep. */
  private static final int MAX_BATCHES = 200;

  private final ValuationService valuation;

  DueSweep(ValuationService valuation) {
    this.valuation = valuation;
  }

  @Scheduled(
      initialDelay = "${fourthpillar.settle.sweep-interval:500ms}",
      fixedDelay = "${fourthpillar.settle.sweep-interval:500ms}")
  void sweepOnTime() {
    try {
      int batches = 0;
      while (valuation.revalueDue() > 0 && batches < MAX_BATCHES) {
        batches++;
      }
    } catch (RuntimeException e) {
      LOG.warn("calls that wait could not be looked at; the next sweep does", e);
    }
  }
}
