package dev.fourthpillar.cli;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.cli.usage.PricesText;
import dev.fourthpillar.usage.v1.MeterPrice;
import dev.fourthpillar.usage.v1.PriceBook;
import dev.fourthpillar.usage.v1.SetNegotiatedRateRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fp prices negotiate PROVIDER MODEL METER=PRICE...}. */
@Command(
    name = "negotiate",
    mixinStandardHelpOptions = true,
    description = {
      "What the employer pays for a model, per million, from a time on. Without prices the list price less",
      "the discount holds again."
    })
final class PricesNegotiateCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PROVIDER", description = "As the book names it.")
  private String provider = "";

  @Parameters(index = "1", paramLabel = "MODEL", description = "As the book names it.")
  private String model = "";

  @Parameters(
      index = "2..*",
      paramLabel = "METER=PRICE",
      converter = MeterPriceConverter.class,
      description = "For example input=2.50 output=12.50 input@batch=1.25")
  private List<MeterPrice> prices = new ArrayList<>();

  @Option(
      required = true,
      names = "--from",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "For calls from when on, for example 2026-01-01T00:00:00Z.")
  private @Nullable Timestamp from;

  @Option(
      names = "--source",
      required = true,
      paramLabel = "TEXT",
      description = "Where it is agreed.")
  private String source = "";

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        SetNegotiatedRateRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setProvider(provider)
            .setModel(model)
            .addAllPrices(prices)
            .setSource(source);
    if (from != null) {
      request.setEffectiveTime(from);
    }
    PriceBook active =
        usage.prices(service -> service.setNegotiatedRate(request.build()).getBook());
    return output.print(PricesText.books(List.of(active)));
  }
}
