package dev.fourthpillar.budget.ledger;

import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.repeat.Repeated;
import dev.fourthpillar.budget.ledger.Replay.Reconciled;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds one account after the other against its journal, round and round, and tells the metrics how
 * many differ. Slowly: an account's whole journal is read for it.
 */
@Context
final class ReconcileSweep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReconcileSweep.class);

  private final LedgerService ledger;
  private final Repeated repeated;
  private final AtomicLong checked = new AtomicLong();
  private Optional<String> after = Optional.empty();
  private final AtomicLong thisRound = new AtomicLong();
  private volatile long lastRound;

  ReconcileSweep(LedgerService ledger, ReconcileConfig config, MeterRegistry metrics) {
    this.ledger = ledger;
    FunctionCounter.builder("fourthpillar.budget.reconciled", checked, AtomicLong::get)
        .description("Accounts that this replica has held against their journals")
        .register(metrics);
    Gauge.builder("fourthpillar.budget.unreconciled", this, ReconcileSweep::differing)
        .description("Accounts that differ from their journals, in this round or the last")
        .register(metrics);
    this.repeated = Repeated.startAfterPause("reconcile", config.interval(), this::next);
  }

  private long differing() {
    return Math.max(thisRound.get(), lastRound);
  }

  private void next() {
    Page<Reconciled> page = ledger.reconcile(Optional.empty(), new PageRequest(1, after));
    for (Reconciled account : page.items()) {
      checked.incrementAndGet();
      if (!account.problem().isEmpty()) {
        thisRound.incrementAndGet();
        // Not which: it names a person. GetReconciliation says it to who may know.
        LOG.error("an account differs from its journal: {}", account.problem());
      }
    }
    after = page.lastKey();
    if (after.isEmpty()) {
      lastRound = thisRound.getAndSet(0);
    }
  }

  @PreDestroy
  @Override
  public void close() {
    repeated.close();
  }
}
