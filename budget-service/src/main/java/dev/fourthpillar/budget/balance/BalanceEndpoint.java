package dev.fourthpillar.budget.balance;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.ExplainBalanceRequest;
import dev.fourthpillar.budget.v1.ExplainBalanceResponse;
import dev.fourthpillar.budget.v1.GetBalanceRequest;
import dev.fourthpillar.budget.v1.GetBalanceResponse;
import dev.fourthpillar.budget.v1.ListEntriesRequest;
import dev.fourthpillar.budget.v1.ListEntriesResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** BalanceService: map, call, map. */
@Singleton
final class BalanceEndpoint extends BalanceServiceGrpc.BalanceServiceImplBase {
  private final BalanceService balances;

  BalanceEndpoint(BalanceService balances) {
    this.balances = balances;
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
}
