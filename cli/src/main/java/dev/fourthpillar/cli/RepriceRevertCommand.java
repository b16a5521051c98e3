package dev.fourthpillar.cli;

import dev.fourthpillar.cli.usage.PricesText;
import dev.fourthpillar.usage.v1.Repricing;
import dev.fourthpillar.usage.v1.RepricingState;
import dev.fourthpillar.usage.v1.RevertRepricingRequest;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fp reprice revert ID}. */
@Command(
    name = "revert",
    mixinStandardHelpOptions = true,
    description = "Takes a re-pricing back, and waits until it is done.")
final class RepriceRevertCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", description = "As fp reprice apply named it.")
  private String id = "";

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var request =
        RevertRepricingRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setRepricingId(id)
            .build();
    Repricing done =
        usage.prices(
            service ->
                Repricings.await(
                    service,
                    service.revertRepricing(request).getRepricing(),
                    RepricingState.REPRICING_STATE_REVERTED,
                    spec.commandLine().getErr()));
    return output.print(PricesText.repricing(done));
  }
}
