package dev.fourthpillar.budget.balance;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.stream.AnswerStreams;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.ExplainBalanceRequest;
import dev.fourthpillar.budget.v1.ExplainBalanceResponse;
import dev.fourthpillar.budget.v1.ForecastExhaustionRequest;
import dev.fourthpillar.budget.v1.ForecastExhaustionResponse;
import dev.fourthpillar.budget.v1.GetBalanceRequest;
import dev.fourthpillar.budget.v1.GetBalanceResponse;
import dev.fourthpillar.budget.v1.ListEntriesRequest;
import dev.fourthpillar.budget.v1.ListEntriesResponse;
import dev.fourthpillar.budget.v1.ProveEntryRequest;
import dev.fourthpillar.budget.v1.ProveEntryResponse;
import dev.fourthpillar.budget.v1.WatchBalanceRequest;
import dev.fourthpillar.budget.v1.WatchBalanceResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** BalanceService: map, call, map. */
@Singleton
final class BalanceEndpoint extends BalanceServiceGrpc.BalanceServiceImplBase {
  private final BalanceService balances;
  private final ProofService proofs;
  private final WatchService watches;
  private final ForecastService forecasts;
  private final AnswerStreams streams;

  BalanceEndpoint(
      BalanceService balances,
      ProofService proofs,
      WatchService watches,
      ForecastService forecasts,
      AnswerStreams streams) {
    this.balances = balances;
    this.proofs = proofs;
    this.watches = watches;
    this.forecasts = forecasts;
    this.streams = streams;
  }

  @Override
  public void getBalance(GetBalanceRequest request, StreamObserver<GetBalanceResponse> observer) {
    Reply.once(
        observer,
        BalanceMapper.toProto(balances.get(request.getEngineer(), BalanceMapper.times(request))));
  }

  @Override
  public void explainBalance(
      ExplainBalanceRequest request, StreamObserver<ExplainBalanceResponse> observer) {
    Reply.once(observer, BalanceMapper.toProto(balances.explain(request.getEngineer())));
  }

  @Override
  public void listEntries(
      ListEntriesRequest request, StreamObserver<ListEntriesResponse> observer) {
    Reply.once(
        observer,
        BalanceMapper.toProto(
            balances.entries(BalanceMapper.account(request), BalanceMapper.page(request)),
            request));
  }

  @Override
  public void watchBalance(
      WatchBalanceRequest request, StreamObserver<WatchBalanceResponse> observer) {
    streams.open(
        observer, bell -> watches.watch(request.getEngineer(), bell).map(BalanceMapper::toWatched));
  }

  @Override
  public void forecastExhaustion(
      ForecastExhaustionRequest request, StreamObserver<ForecastExhaustionResponse> observer) {
    Reply.once(observer, ForecastMapper.toProto(forecasts.of(request.getEngineer())));
  }

  @Override
  public void proveEntry(ProveEntryRequest request, StreamObserver<ProveEntryResponse> observer) {
    streams.open(
        observer,
        proofs.prove(ProofMapper.account(request), request.getEntry()).map(ProofMapper::toProto));
  }
}
