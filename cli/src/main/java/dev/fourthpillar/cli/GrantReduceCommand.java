package dev.fourthpillar.cli;

import com.google.protobuf.Timestamp;
import com.google.type.Money;
import dev.fourthpillar.budget.v1.ReduceGrantRequest;
import dev.fourthpillar.cli.budget.GrantText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fp grant reduce ENGINEER LOT AMOUNT}. */
@Command(
    name = "reduce",
    mixinStandardHelpOptions = true,
    description = "Takes a part of a lot back, after the notice of the plan.")
final class GrantReduceCommand implements Callable<Integer> {
  @Mixin private LotParameters lot = new LotParameters();

  @Parameters(
      index = "2",
      paramLabel = "AMOUNT",
      converter = AmountConverter.class,
      description = "For example '50 USD'.")
  private Money amount = Money.getDefaultInstance();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "When. Default: when the plan's notice is over.")
  private @Nullable Timestamp at;

  @Mixin private ChangeOption change = new ChangeOption();

  @Mixin private BudgetOption budget = new BudgetOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        ReduceGrantRequest.newBuilder()
            .setRequestId(change.requestId())
            .setEngineer(lot.engineer())
            .setLot(lot.id())
            .setAmount(amount)
            .setReason(change.reason());
    if (at != null) {
      request.setEffectiveTime(at);
    }
    return output.print(
        GrantText.changed(
            budget.grants(service -> service.reduceGrant(request.build()).getGrant())));
  }
}
