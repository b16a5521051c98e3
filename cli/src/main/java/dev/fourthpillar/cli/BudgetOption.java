package dev.fourthpillar.cli;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc.BalanceServiceBlockingStub;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc.LedgerServiceBlockingStub;
import dev.fourthpillar.cli.suite.SuitePort;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** {@code --data}: whose budget-service is asked. */
final class BudgetOption {
  @Mixin private DataOption data = new DataOption();

  /** Asks BalanceService, as finance. */
  <T> T balance(Function<BalanceServiceBlockingStub, T> question) {
    return SuiteCall.ask(
        data.directory(),
        SuitePort.BUDGET,
        Role.FINANCE,
        BalanceServiceGrpc::newBlockingStub,
        question);
  }

  /** Asks LedgerService, as finance. */
  <T> T ledger(Function<LedgerServiceBlockingStub, T> question) {
    return SuiteCall.ask(
        data.directory(),
        SuitePort.BUDGET,
        Role.FINANCE,
        LedgerServiceGrpc::newBlockingStub,
        question);
  }

  /** Asks EnforcementService, as a gateway. */
  <T> T enforcement(Function<EnforcementServiceBlockingStub, T> question) {
    return SuiteCall.ask(
        data.directory(),
        SuitePort.BUDGET,
        Role.GATEWAY,
        EnforcementServiceGrpc::newBlockingStub,
        question);
  }
}
