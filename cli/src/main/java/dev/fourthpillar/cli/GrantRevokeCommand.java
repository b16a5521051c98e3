package dev.fourthpillar.cli;

import dev.fourthpillar.budget.v1.RevokeGrantRequest;
import dev.fourthpillar.cli.budget.GrantText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fp grant revoke ENGINEER LOT}. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = "Takes back what is left of a lot that was granted by hand, and ends it.")
final class GrantRevokeCommand implements Callable<Integer> {
  @Mixin private LotParameters lot = new LotParameters();

  @Mixin private ChangeOption change = new ChangeOption();

  @Mixin private BudgetOption budget = new BudgetOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        RevokeGrantRequest.newBuilder()
            .setRequestId(change.requestId())
            .setEngineer(lot.engineer())
            .setLot(lot.id())
            .setReason(change.reason())
            .build();
    return output.print(
        GrantText.changed(budget.grants(service -> service.revokeGrant(request).getGrant())));
  }
}
