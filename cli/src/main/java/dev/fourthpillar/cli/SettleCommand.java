package dev.fourthpillar.cli;

import com.google.type.Money;
import dev.fourthpillar.budget.v1.SettleRequest;
import dev.fourthpillar.cli.budget.HoldText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fp settle ENGINEER HOLD AMOUNT}. */
@Command(
    name = "settle",
    mixinStandardHelpOptions = true,
    description = "Books what a call cost, more or less than was held; the rest is free at once.")
final class SettleCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ENGINEER", description = "Who pays.")
  private String engineer = "";

  @Parameters(index = "1", paramLabel = "HOLD", description = "The id it was reserved with.")
  private String hold = "";

  @Parameters(
      index = "2",
      paramLabel = "AMOUNT",
      converter = AmountConverter.class,
      description = "For example '1.80 USD'.")
  private Money amount = Money.getDefaultInstance();

  @Mixin private BudgetOption budget = new BudgetOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        SettleRequest.newBuilder()
            .setEngineer(engineer)
            .setHoldId(hold)
            .setActualAmount(amount)
            .build();
    var settled = budget.enforcement(service -> service.settle(request));
    return output.print(HoldText.settled(settled.getHold(), settled.getBookedAmount()));
  }
}
