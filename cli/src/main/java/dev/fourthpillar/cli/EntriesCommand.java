package dev.fourthpillar.cli;

import dev.fourthpillar.budget.v1.ListEntriesRequest;
import dev.fourthpillar.cli.budget.EntriesText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fp entries ENGINEER CURRENCY}. */
@Command(
    name = "entries",
    mixinStandardHelpOptions = true,
    description = "The ledger entries of an account, the newest first.")
final class EntriesCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ENGINEER", description = "Whose.")
  private String engineer = "";

  @Parameters(index = "1", paramLabel = "CURRENCY", description = "The account's, ISO 4217.")
  private String currency = "";

  @Mixin private LimitOption limit = new LimitOption();

  @Option(
      names = "--page-token",
      paramLabel = "TOKEN",
      description = "Goes on where the list before ended.")
  private String pageToken = "";

  @Mixin private BudgetOption budget = new BudgetOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        ListEntriesRequest.newBuilder()
            .setEngineer(engineer)
            .setCurrencyCode(currency)
            .setPageSize(limit.rows())
            .setPageToken(pageToken)
            .build();
    var page = budget.balance(service -> service.listEntries(request));
    return output.print(
        EntriesText.of(page.getEntriesList())
            + (page.getNextPageToken().isEmpty()
                ? ""
                : "older ones: --page-token %s\n".formatted(page.getNextPageToken())));
  }
}
