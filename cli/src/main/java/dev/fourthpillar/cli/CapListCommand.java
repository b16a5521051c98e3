package dev.fourthpillar.cli;

import dev.fourthpillar.budget.v1.ListCapsRequest;
import dev.fourthpillar.cli.budget.CapText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fp cap list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "The caps, with what counts in their present windows.")
final class CapListCommand implements Callable<Integer> {
  @Mixin private LimitOption limit = new LimitOption();

  @Mixin private BudgetOption budget = new BudgetOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request = ListCapsRequest.newBuilder().setPageSize(limit.rows()).build();
    return output.print(
        CapText.states(budget.funding(service -> service.listCaps(request).getCapsList())));
  }
}
