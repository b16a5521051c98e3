package dev.fourthpillar.cli;

import com.google.type.Date;
import com.google.type.Decimal;
import dev.fourthpillar.cli.pay.ExplanationText;
import dev.fourthpillar.cli.pay.OfferFile;
import dev.fourthpillar.comp.v1.CalculatePackageRequest;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc;
import dev.fourthpillar.comp.v1.ExplainLineRequest;
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
    var calculation =
        CalculatePackageRequest.newBuilder()
            .setPackage(OfferFile.read(offer))
            .setCurrencyCode(currency)
            .addAllRates(rates);
    if (day != null) {
      calculation.setAsOfDate(day);
    }
    if (!used.isEmpty()) {
      calculation.setUtilisationPercent(Decimal.newBuilder().setValue(used));
    }
    var request =
        ExplainLineRequest.newBuilder().setCalculation(calculation).setLineId(line).build();
    String text =
        ExplanationText.of(
            comp.ask(
                CompensationServiceGrpc::newBlockingStub,
                service -> service.explainLine(request).getLine()));

    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
