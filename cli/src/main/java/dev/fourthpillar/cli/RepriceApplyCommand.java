package dev.fourthpillar.cli;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.cli.usage.PricesText;
import dev.fourthpillar.usage.v1.RepriceUsageRequest;
import dev.fourthpillar.usage.v1.Repricing;
import dev.fourthpillar.usage.v1.RepricingState;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fp reprice apply FROM TO}. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = "Prices a span anew with the books that are active, and waits until it is done.")
final class RepriceApplyCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "FROM",
      converter = TimeConverter.class,
      description = "Calls from when on, for example 2026-11-01T00:00:00Z.")
  private Timestamp from = Timestamp.getDefaultInstance();

  @Parameters(
      index = "1",
      paramLabel = "TO",
      converter = TimeConverter.class,
      description = "Calls before when.")
  private Timestamp to = Timestamp.getDefaultInstance();

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept.")
  private String reason = "";

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var request =
        RepriceUsageRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setStartTime(from)
            .setEndTime(to)
            .setReason(reason)
            .build();
    Repricing done =
        usage.prices(
            service ->
                Repricings.await(
                    service,
                    service.repriceUsage(request).getRepricing(),
                    RepricingState.REPRICING_STATE_APPLIED,
                    spec.commandLine().getErr()));
    return output.print(PricesText.repricing(done));
  }
}
