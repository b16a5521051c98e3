package dev.fourthpillar.budget.ledger;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.budget.v1.GetReconciliationRequest;
import dev.fourthpillar.budget.v1.GetReconciliationResponse;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc;
import dev.fourthpillar.budget.v1.TrialBalanceRequest;
import dev.fourthpillar.budget.v1.TrialBalanceResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** LedgerService: map, call, map. */
@Singleton
final class LedgerEndpoint extends LedgerServiceGrpc.LedgerServiceImplBase {
  private final LedgerService ledger;

  LedgerEndpoint(LedgerService ledger) {
    this.ledger = ledger;
  }

  @Override
  public void getReconciliation(
      GetReconciliationRequest request, StreamObserver<GetReconciliationResponse> observer) {
    Reply.once(
        observer,
        LedgerMapper.toProto(
            ledger.reconcile(LedgerMapper.account(request), LedgerMapper.page(request)), request));
  }

  @Override
  public void trialBalance(
      TrialBalanceRequest request, StreamObserver<TrialBalanceResponse> observer) {
    Reply.once(observer, LedgerMapper.toProto(ledger.trialBalance()));
  }
}
