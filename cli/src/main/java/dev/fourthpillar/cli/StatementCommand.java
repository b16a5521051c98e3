package dev.fourthpillar.cli;

import com.google.type.Date;
import dev.fourthpillar.cli.pay.StatementText;
import dev.fourthpillar.comp.v1.GetStatementRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fp statement ENGINEER}. */
@Command(
    name = "statement",
    mixinStandardHelpOptions = true,
    description = "What a person is paid, and tokens beside it under five lenses.")
final class StatementCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ENGINEER", description = "Whose.")
  private String engineer = "";

  @Option(
      names = "--on",
      paramLabel = "DATE",
      converter = DayConverter.class,
      description = "The day of the statement. Default: today where the person is.")
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
    var request = GetStatementRequest.newBuilder().setEngineer(engineer).setCurrencyCode(currency);
    if (day != null) {
      request.setAsOfDate(day);
    }
    return output.print(
        StatementText.of(
            engineer,
            comp.compensation(service -> service.getStatement(request.build()).getStatement())));
  }
}
