package dev.fourthpillar.cli;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.budget.v1.ExtendGrantRequest;
import dev.fourthpillar.cli.budget.GrantText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fp grant extend ENGINEER LOT}. */
@Command(
    name = "extend",
    mixinStandardHelpOptions = true,
    description = "Lets a lot that was granted by hand pay longer.")
final class GrantExtendCommand implements Callable<Integer> {
  @Mixin private LotParameters lot = new LotParameters();

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "From when on it does not pay any more. Default: never ends.")
  private @Nullable Timestamp until;

  @Mixin private ChangeOption change = new ChangeOption();

  @Mixin private BudgetOption budget = new BudgetOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        ExtendGrantRequest.newBuilder()
            .setRequestId(change.requestId())
            .setEngineer(lot.engineer())
            .setLot(lot.id())
            .setReason(change.reason());
    if (until != null) {
      request.setExpireTime(until);
    }
    return output.print(
        GrantText.changed(
            budget.grants(service -> service.extendGrant(request.build()).getGrant())));
  }
}
