package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.repeat.Repeated;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.account.Addressed;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Ends holds whose time is over, and deletes old ones. Every replica sweeps: whose account another
 * one has locked waits, and finds nothing to do then.
 */
@Context
final class HoldSweepService implements AutoCloseable {
  /** Transactions of one sweep; what is left waits for the next. */
  private static final int BATCHES = 100;

  private final Transactions transactions;
  private final AccountStore accounts;
  private final HoldRepository holds;
  private final int batch;
  private final Repeated repeated;

  HoldSweepService(
      Transactions transactions,
      AccountStore accounts,
      HoldRepository holds,
      EnforcementConfig config) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.holds = holds;
    this.batch = config.sweepBatch();
    this.repeated = Repeated.start("end due holds", config.sweepInterval(), this::sweep);
  }

  void sweep() {
    for (int i = 0; i < BATCHES && transactions.run(this::expire) == batch; i++) {
      // The next ones.
    }
    for (int i = 0; i < BATCHES && transactions.run(this::delete) == batch; i++) {
      // The next ones.
    }
  }

  private int expire(Handle handle) {
    List<Addressed> due = holds.due(handle, accounts.now(handle), batch);
    var _ = accounts.apply(handle, due);
    return due.size();
  }

  private int delete(Handle handle) {
    return holds.deleteOld(handle, accounts.now(handle), batch);
  }

  @PreDestroy
  @Override
  public void close() {
    repeated.close();
  }
}
