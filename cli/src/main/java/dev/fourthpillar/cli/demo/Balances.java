package dev.fourthpillar.cli.demo;

import dev.fourthpillar.budget.v1.AccountBalance;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc.BalanceServiceBlockingStub;
import dev.fourthpillar.budget.v1.GetBalanceRequest;
import dev.fourthpillar.cli.suite.SuiteService;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/** What everybody's budget is; each has one account. */
final class Balances {
  private final Api.Caller<BalanceServiceBlockingStub> budget;

  Balances(Api api) {
    this.budget = api.of(SuiteService.BUDGET, BalanceServiceGrpc::newBlockingStub, api.finance());
  }

  /** Empty as long as budget-service has not been told of the engineer. */
  Optional<AccountBalance> find(String engineer) {
    try {
      return budget
          .call(
              stub -> stub.getBalance(GetBalanceRequest.newBuilder().setEngineer(engineer).build()))
          .getBalancesList()
          .stream()
          .findFirst();
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  AccountBalance of(String engineer) {
    return find(engineer)
        .orElseThrow(() -> new DemoException("budget-service does not know " + engineer));
  }
}
