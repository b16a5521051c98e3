package dev.fourthpillar.budget.ledger;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.stream.AnswerStreams;
import dev.fourthpillar.budget.checkpoint.CheckpointService;
import dev.fourthpillar.budget.v1.ExportLedgerRequest;
import dev.fourthpillar.budget.v1.ExportLedgerResponse;
import dev.fourthpillar.budget.v1.GetReconciliationRequest;
import dev.fourthpillar.budget.v1.GetReconciliationResponse;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc;
import dev.fourthpillar.budget.v1.ListCheckpointKeysRequest;
import dev.fourthpillar.budget.v1.ListCheckpointKeysResponse;
import dev.fourthpillar.budget.v1.ListCheckpointsRequest;
import dev.fourthpillar.budget.v1.ListCheckpointsResponse;
import dev.fourthpillar.budget.v1.TrialBalanceRequest;
import dev.fourthpillar.budget.v1.TrialBalanceResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** LedgerService: map, call, map. */
@Singleton
final class LedgerEndpoint extends LedgerServiceGrpc.LedgerServiceImplBase {
  private final LedgerService ledger;
  private final CheckpointService checkpoints;
  private final ExportService exports;
  private final AnswerStreams streams;

  LedgerEndpoint(
      LedgerService ledger,
      CheckpointService checkpoints,
      ExportService exports,
      AnswerStreams streams) {
    this.ledger = ledger;
    this.checkpoints = checkpoints;
    this.exports = exports;
    this.streams = streams;
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

  @Override
  public void exportLedger(
      ExportLedgerRequest request, StreamObserver<ExportLedgerResponse> observer) {
    streams.open(
        observer,
        exports
            .export(ExportMapper.place(request), ExportMapper.asOf(request))
            .map(ExportMapper::toProto));
  }

  @Override
  public void listCheckpoints(
      ListCheckpointsRequest request, StreamObserver<ListCheckpointsResponse> observer) {
    Reply.once(
        observer, LedgerMapper.toCheckpoints(checkpoints.checkpoints(LedgerMapper.page(request))));
  }

  @Override
  public void listCheckpointKeys(
      ListCheckpointKeysRequest request, StreamObserver<ListCheckpointKeysResponse> observer) {
    Reply.once(observer, LedgerMapper.toKeys(checkpoints.keys(LedgerMapper.page(request))));
  }
}
