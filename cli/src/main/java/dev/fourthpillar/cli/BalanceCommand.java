package dev.fourthpillar.cli;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.budget.v1.ExplainBalanceRequest;
import dev.fourthpillar.budget.v1.GetBalanceRequest;
import dev.fourthpillar.cli.budget.BalanceText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fp balance ENGINEER}. */
@Command(
    name = "balance",
    mixinStandardHelpOptions = true,
    description = "What a person's budget is, now or at a time, and what it is made of.")
final class BalanceCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ENGINEER", description = "Whose.")
  private String engineer = "";

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "For example 2026-01-01T12:00:00Z. Default: now.")
  private @Nullable Timestamp asOf;

  @Option(
      names = "--known-at",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "With what was known then; not before --as-of. Default: now.")
  private @Nullable Timestamp knownAt;

  @Option(
      names = "--explain",
      description = "The latest entries, too, and usage that waits to be booked.")
  private boolean explain;

  @Mixin private BudgetOption budget = new BudgetOption();

  @Mixin private Output output = new Output();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (explain) {
      if (asOf != null || knownAt != null) {
        throw new ParameterException(
            spec.commandLine(), "--explain is of now (expected: without --as-of and --known-at)");
      }
      var request = ExplainBalanceRequest.newBuilder().setEngineer(engineer).build();
      return output.print(
          BalanceText.explained(
              engineer, budget.balance(service -> service.explainBalance(request))));
    }
    var request = GetBalanceRequest.newBuilder().setEngineer(engineer);
    if (asOf != null) {
      request.setAsOf(asOf);
    }
    if (knownAt != null) {
      request.setKnownAt(knownAt);
    }
    return output.print(
        BalanceText.of(
            engineer,
            budget.balance(service -> service.getBalance(request.build()).getBalancesList())));
  }
}
