package dev.fourthpillar.cli;

import dev.fourthpillar.budget.v1.RevokeGrantRequest;
import dev.fourthpillar.cli.budget.GrantText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fp grant revoke ENGINEER LOT}. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = "Takes back what is left of a lot that was granted by hand, and ends it.")
final class GrantRevokeCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ENGINEER", description = "Whose.")
  private String engineer = "";

  @Parameters(index = "1", paramLabel = "LOT", description = "As fp grant list names it.")
  private String lot = "";

  @Mixin private ChangeOption change = new ChangeOption();

  @Mixin private BudgetOption budget = new BudgetOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        RevokeGrantRequest.newBuilder()
            .setRequestId(change.requestId())
            .setEngineer(engineer)
            .setLot(lot)
            .setReason(change.reason())
            .build();
    return output.print(
        GrantText.changed(budget.grants(service -> service.revokeGrant(request).getGrant())));
  }
}
