package dev.fourthpillar.cli;

import dev.fourthpillar.budget.v1.ReleaseRequest;
import dev.fourthpillar.cli.budget.HoldText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fp release ENGINEER HOLD}. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = "Gives back all that is held: the call was not made.")
final class ReleaseCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ENGINEER", description = "Who pays.")
  private String engineer = "";

  @Parameters(index = "1", paramLabel = "HOLD", description = "The id it was reserved with.")
  private String hold = "";

  @Mixin private BudgetOption budget = new BudgetOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request = ReleaseRequest.newBuilder().setEngineer(engineer).setHoldId(hold).build();
    return output.print(
        HoldText.released(budget.enforcement(service -> service.release(request).getHold())));
  }
}
