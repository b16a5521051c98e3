package dev.fourthpillar.budget.settled;

import dev.fourthpillar.backbone.storage.Transactions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.scheduling.annotation.Scheduled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Books lines that waited, soon after what they waited for has come. */
@Context
final class PendingSweep {
  private static final Logger LOG = LoggerFactory.getLogger(PendingSweep.class);

  /** Transactions of one sweep; what is left waits for the next. */
  private static final int BATCHES = 50;

  private final Transactions transactions;
  private final SettledService settled;
  private volatile long waiting;

  PendingSweep(Transactions transactions, SettledService settled, MeterRegistry metrics) {
    this.transactions = transactions;
    this.settled = settled;
    Gauge.builder("fourthpillar.budget.pending.lines", this, sweep -> sweep.waiting)
        .description("Lines of usage that wait to be booked, at the last sweep")
        .register(metrics);
  }

  @Scheduled(fixedDelay = "${fourthpillar.pending.interval:1s}")
  void sweepOnTime() {
    try {
      var _ = sweep();
    } catch (RuntimeException e) {
      LOG.warn("waiting lines were not booked; the next sweep is soon", e);
    }
  }

  /** Books what is ready; returns how many lines. */
  int sweep() {
    int booked = 0;
    for (int batch = 0; batch < BATCHES; batch++) {
      int more = transactions.run(settled::bookReady);
      booked += more;
      if (more == 0) {
        break;
      }
    }
    waiting = transactions.run(handle -> settled.countWaiting(handle));
    return booked;
  }
}
