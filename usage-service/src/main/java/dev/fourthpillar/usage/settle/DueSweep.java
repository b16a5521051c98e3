package dev.fourthpillar.usage.settle;

import dev.fourthpillar.backbone.repeat.Repeated;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;

/**
 * Decides again on what waited: a grace is over, a price, a person or a mapping has come. In small
 * transactions; replicas pass over each other's rows.
 */
@Context
final class DueSweep implements AutoCloseable {
  /** What is left waits for the next sweep. */
  private static final int MAX_BATCHES = 200;

  private final ValuationService valuation;
  private final Repeated repeated;
  private volatile boolean closing;

  DueSweep(ValuationService valuation, SettleConfig config) {
    this.valuation = valuation;
    this.repeated =
        Repeated.startAfterPause("look at calls that wait", config.sweepInterval(), this::sweep);
  }

  private void sweep() {
    int batches = 0;
    while (!closing && batches < MAX_BATCHES && valuation.revalueDue() > 0) {
      batches++;
    }
  }

  @PreDestroy
  @Override
  public void close() {
    closing = true;
    repeated.close();
  }
}
