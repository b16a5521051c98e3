package dev.fourthpillar.cli;

import dev.fourthpillar.cli.usage.PricesText;
import dev.fourthpillar.usage.v1.GetRepricingRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fp reprice show ID}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "How far a re-pricing is, and what it has changed.")
final class RepriceShowCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", description = "As fp reprice apply named it.")
  private String id = "";

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request = GetRepricingRequest.newBuilder().setRepricingId(id).build();
    return output.print(
        PricesText.repricing(
            usage.prices(service -> service.getRepricing(request).getRepricing())));
  }
}
