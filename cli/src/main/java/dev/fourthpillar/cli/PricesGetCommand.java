package dev.fourthpillar.cli;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.cli.usage.PricesText;
import dev.fourthpillar.usage.v1.GetPriceRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fp prices get MODEL}. */
@Command(name = "get", mixinStandardHelpOptions = true, description = "What a model costs.")
final class PricesGetCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "As a tool reports it.")
  private String model = "";

  @Option(
      names = "--provider",
      paramLabel = "P",
      description = "For example anthropic. Default: the one the model's name says.")
  private String provider = "";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "For a call at that time. Default: now.")
  private @Nullable Timestamp at;

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request = GetPriceRequest.newBuilder().setProvider(provider).setModel(model);
    if (at != null) {
      request.setUsageTime(at);
    }
    return output.print(
        PricesText.price(usage.prices(service -> service.getPrice(request.build()))));
  }
}
