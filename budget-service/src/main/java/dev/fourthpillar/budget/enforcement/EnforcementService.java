package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.backbone.storage.WantedCall;
import dev.fourthpillar.budget.account.AccountAnswer;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.hold.HoldState;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** May a call be made, and who pays? The lanes decide; here is also who looks at holds. */
@Singleton
final class EnforcementService {
  private final Transactions transactions;
  private final HoldRepository holds;
  private final Lanes lanes;

  EnforcementService(
      EnforcementConfig config,
      Transactions transactions,
      HoldRepository holds,
      OpenAdmission open) {
    this.transactions = transactions;
    this.holds = holds;
    this.lanes = new Lanes(config, open::decide);
  }

  @PreDestroy
  void close() {
    lanes.close();
  }

  /** The hold that the order made, changed or found. */
  Hold decide(Order order) {
    return lanes.decide(order).orThrow().hold().orElseThrow();
  }

  /**
   * The same for an order of a batch.
   *
   * @param call the batch's, at whose end an order that has not begun is not applied any more
   */
  CompletableFuture<Decision<AccountAnswer>> submit(Order order, WantedCall call) {
    return lanes.submit(order, call);
  }

  Hold get(String engineer, String holdId) {
    return transactions
        .run(handle -> holds.find(handle, engineer, holdId))
        .orElseThrow(() -> Judge.noHold(engineer, holdId).asException());
  }

  Page<Hold> list(String engineer, Optional<HoldState> state, PageRequest page) {
    return transactions.run(handle -> holds.list(handle, engineer, state, page));
  }
}
