package dev.fourthpillar.budget.settled;

import dev.fourthpillar.backbone.repeat.Repeated;
import dev.fourthpillar.backbone.storage.Transactions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;

/** Books lines that waited, soon after what they waited for has come. */
@Context
final class PendingSweep implements AutoCloseable {
  /** Transactions of one sweep; what is left waits for the next. */
  private static final int BATCHES = 50;

  private final Transactions transactions;
  private final SettledService settled;
  private final Repeated repeated;
  private volatile long waiting;

  PendingSweep(
      Transactions transactions,
      SettledService settled,
      PendingConfig config,
      MeterRegistry metrics) {
    this.transactions = transactions;
    this.settled = settled;
    Gauge.builder("fourthpillar.budget.pending.lines", this, sweep -> sweep.waiting)
        .description("Lines of usage that wait to be booked, at the last sweep")
        .register(metrics);
    this.repeated = Repeated.start("book waiting lines", config.interval(), this::sweep);
  }

  private void sweep() {
    for (int batch = 0; batch < BATCHES; batch++) {
      if (transactions.run(settled::bookReady) == 0) {
        break;
      }
    }
    waiting = transactions.run(handle -> settled.countWaiting(handle));
  }

  @PreDestroy
  @Override
  public void close() {
    repeated.close();
  }
}
