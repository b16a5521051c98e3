package dev.fourthpillar.cli;

import com.google.type.Date;
import dev.fourthpillar.cli.pay.ComparisonText;
import dev.fourthpillar.cli.pay.OfferFile;
import dev.fourthpillar.comp.v1.CompareOffersRequest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Mixin private RateOption rates = new RateOption();

  @Mixin private CompOption comp = new CompOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        CompareOffersRequest.newBuilder()
            .setFirst(OfferFile.read(first))
            .setSecond(OfferFile.read(second))
            .setCurrencyCode(currency)
            .addAllRates(rates.given());
    if (day != null) {
      request.setAsOfDate(day);
    }
    return output.print(
        ComparisonText.of(
            name(first),
            name(second),
            comp.compensation(service -> service.compareOffers(request.build()))));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
