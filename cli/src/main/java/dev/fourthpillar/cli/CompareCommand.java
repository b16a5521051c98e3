package dev.fourthpillar.cli;

import com.google.type.Date;
import dev.fourthpillar.cli.pay.ComparisonText;
import dev.fourthpillar.cli.pay.OfferFile;
import dev.fourthpillar.comp.v1.CompareOffersRequest;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc;
import dev.fourthpillar.comp.v1.GivenRate;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fp compare A.yaml B.yaml}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Two offers side by side, and where a token breaks even.")
final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "A.yaml", description = "The first offer: a package.")
  private Path first = Path.of("");

  @Parameters(index = "1", paramLabel = "B.yaml", description = "The second offer.")
  private Path second = Path.of("");

  @Option(
      names = "--on",
      paramLabel = "DATE",
      converter = DayConverter.class,
      description = "The day of rates. Default: the start of the first offer.")
  private @Nullable Date day;

  @Option(
      names = "--currency",
      paramLabel = "CODE",
      description = "ISO 4217. Default: that of the first offer's base.")
  private String currency = "";

  @Option(
      names = "--rate",
      paramLabel = "A/B=RATE@DATE",
      converter = RateConverter.class,
      description = "B for one A on that day, for example USD/SEK=10.50@2026-01-01. Repeatable.")
  private List<GivenRate> rates = List.of();

  @Mixin private CompOption comp = new CompOption();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var request =
        CompareOffersRequest.newBuilder()
            .setFirst(OfferFile.read(first))
            .setSecond(OfferFile.read(second))
            .setCurrencyCode(currency)
            .addAllRates(rates);
    if (day != null) {
      request.setAsOfDate(day);
    }
    String text =
        ComparisonText.of(
            name(first),
            name(second),
            comp.ask(
                CompensationServiceGrpc::newBlockingStub,
                service -> service.compareOffers(request.build())));

    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
