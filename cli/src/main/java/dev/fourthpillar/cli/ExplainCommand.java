package dev.fourthpillar.cli;

import com.google.type.Date;
import com.google.type.Decimal;
import dev.fourthpillar.cli.pay.ExplanationText;
import dev.fourthpillar.cli.pay.OfferFile;
import dev.fourthpillar.comp.v1.CalculatePackageRequest;
import dev.fourthpillar.comp.v1.ExplainLineRequest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fp explain OFFER.yaml LINE}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "How one line of an offer's statement came about, down to what was entered.")
final class ExplainCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "OFFER.yaml", description = "The offer: a package.")
  private Path offer = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "LINE",
      description = "For example annualised.CLASSIC_TC, year.2.EQUITY.rsu or lens.EMPLOYER_COST.")
  private String line = "";

  @Option(
      names = "--used",
      paramLabel = "PERCENT",
      description = "How much of the token budget is consumed. Default: not stated.")
  private String used = "";

  @Option(
      names = "--on",
      paramLabel = "DATE",
      converter = DayConverter.class,
      description = "The day of rates. Default: the start of the offer.")
  private @Nullable Date day;

  @Option(
      names = "--currency",
      paramLabel = "CODE",
      description = "ISO 4217. Default: that of the offer's base.")
  private String currency = "";

  @Mixin private RateOption rates = new RateOption();

  @Mixin private CompOption comp = new CompOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var calculation =
        CalculatePackageRequest.newBuilder()
            .setPackage(OfferFile.read(offer))
            .setCurrencyCode(currency)
            .addAllRates(rates.given());
    if (day != null) {
      calculation.setAsOfDate(day);
    }
    if (!used.isEmpty()) {
      calculation.setUtilisationPercent(Decimal.newBuilder().setValue(used));
    }
    var request =
        ExplainLineRequest.newBuilder().setCalculation(calculation).setLineId(line).build();
    return output.print(
        ExplanationText.of(comp.compensation(service -> service.explainLine(request).getLine())));
  }
}
