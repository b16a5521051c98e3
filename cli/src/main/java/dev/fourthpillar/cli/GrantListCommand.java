package dev.fourthpillar.cli;

import dev.fourthpillar.budget.v1.ListGrantsRequest;
import dev.fourthpillar.cli.budget.GrantText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fp grant list ENGINEER}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "A person's lots, those of plans and those that were granted by hand.")
final class GrantListCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ENGINEER", description = "Whose.")
  private String engineer = "";

  @Mixin private BudgetOption budget = new BudgetOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request = ListGrantsRequest.newBuilder().setEngineer(engineer).build();
    return output.print(
        GrantText.of(
            engineer, budget.grants(service -> service.listGrants(request).getGrantsList())));
  }
}
