package dev.fourthpillar.cli;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc.BalanceServiceBlockingStub;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.budget.v1.FundingServiceGrpc;
import dev.fourthpillar.budget.v1.FundingServiceGrpc.FundingServiceBlockingStub;
import dev.fourthpillar.budget.v1.GrantServiceGrpc;
import dev.fourthpillar.budget.v1.GrantServiceGrpc.GrantServiceBlockingStub;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc.LedgerServiceBlockingStub;
import dev.fourthpillar.cli.SuiteCall.Stubs;
import dev.fourthpillar.cli.suite.SuitePort;
import io.grpc.stub.AbstractBlockingStub;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** {@code --data}: whose budget-service is asked. */
final class BudgetOption {
  @Mixin private DataOption data = new DataOption();

  /** Asks BalanceService, as finance. */
  <T> T balance(Function<BalanceServiceBlockingStub, T> question) {
    return ask(Role.FINANCE, BalanceServiceGrpc::newBlockingStub, question);
  }

  /** Asks LedgerService, as finance. */
  <T> T ledger(Function<LedgerServiceBlockingStub, T> question) {
    return ask(Role.FINANCE, LedgerServiceGrpc::newBlockingStub, question);
  }

  /** Asks GrantService, as finance. */
  <T> T grants(Function<GrantServiceBlockingStub, T> question) {
    return ask(Role.FINANCE, GrantServiceGrpc::newBlockingStub, question);
  }

  /** Asks FundingService, as finance. */
  <T> T funding(Function<FundingServiceBlockingStub, T> question) {
    return ask(Role.FINANCE, FundingServiceGrpc::newBlockingStub, question);
  }

  /** Asks EnforcementService, as a gateway. */
  <T> T enforcement(Function<EnforcementServiceBlockingStub, T> question) {
    return ask(Role.GATEWAY, EnforcementServiceGrpc::newBlockingStub, question);
  }

  private <S extends AbstractBlockingStub<S>, T> T ask(
      Role role, Stubs<S> stubs, Function<S, T> question) {
    return SuiteCall.ask(data.directory(), SuitePort.BUDGET, role, stubs, question);
  }
}
