package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.account.Addressed;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends holds whose time is over, and deletes old ones. Every replica sweeps: whose account another
 * one has locked waits, and finds nothing to do then.
 */
@Singleton
final class HoldSweepService {
  private static final Logger LOG = LoggerFactory.getLogger(HoldSweepService.class);

  /** Transactions of one sweep; what is left waits for the next. */
  private static final int MAX_BATCHES = 100;

  private final Transactions transactions;
  private final AccountStore accounts;
  private final HoldRepository holds;
  private final int batch;

  HoldSweepService(
      Transactions transactions,
      AccountStore accounts,
      HoldRepository holds,
      EnforcementConfig config) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.holds = holds;
    this.batch = config.sweepBatch();
  }

  @Scheduled(
      initialDelay = "${fourthpillar.enforcement.sweep-interval:1s}",
      fixedDelay = "${fourthpillar.enforcement.sweep-interval:1s}")
  void sweepOnTime() {
    try {
      sweep();
    } catch (RuntimeException e) {
      LOG.warn("holds were not swept; the next sweep takes them: {}", e.toString());
    }
  }

  void sweep() {
    for (int i = 0; i < MAX_BATCHES && transactions.run(this::expire) == batch; i++) {
      // The next ones.
    }
    for (int i = 0; i < MAX_BATCHES && transactions.run(this::delete) == batch; i++) {
      // The next ones.
    }
  }

  private int expire(org.jdbi.v3.core.Handle handle) {
    List<Addressed> due = holds.due(handle, accounts.now(handle), batch);
    var _ = accounts.apply(handle, due);
    return due.size();
  }

  private int delete(org.jdbi.v3.core.Handle handle) {
    return holds.deleteOld(handle, accounts.now(handle), batch);
  }
}
