package dev.fourthpillar.cli;

import com.google.type.Date;
import dev.fourthpillar.cli.pay.LeaverText;
import dev.fourthpillar.comp.v1.GetLeaverStatementRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fp leaver ENGINEER --on DATE}. */
@Command(
    name = "leaver",
    mixinStandardHelpOptions = true,
    description = "What a person keeps, loses and owes on leaving.")
final class LeaverCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ENGINEER", description = "Whose.")
  private String engineer = "";

  @Option(
      names = "--on",
      paramLabel = "DATE",
      converter = DayConverter.class,
      description =
          "The last day of employment, which counts. Default: the recorded one, else today.")
  private @Nullable Date day;

  @Option(
      names = "--currency",
      paramLabel = "CODE",
      description = "ISO 4217. Default: that of the person's account.")
  private String currency = "";

  @Mixin private CompOption comp = new CompOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        GetLeaverStatementRequest.newBuilder().setEngineer(engineer).setCurrencyCode(currency);
    if (day != null) {
      request.setLastDay(day);
    }
    return output.print(
        LeaverText.of(
            engineer,
            comp.compensation(
                service -> service.getLeaverStatement(request.build()).getStatement())));
  }
}
