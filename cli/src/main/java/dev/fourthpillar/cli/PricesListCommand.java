package dev.fourthpillar.cli;

import dev.fourthpillar.cli.usage.PricesText;
import dev.fourthpillar.usage.v1.ListPriceBooksRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fp prices list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "All price books, the newest first.")
final class PricesListCommand implements Callable<Integer> {
  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many at most, 1 to 500. Default: 50.")
  private int limit = 50;

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request = ListPriceBooksRequest.newBuilder().setPageSize(limit).build();
    return output.print(
        PricesText.books(usage.prices(service -> service.listPriceBooks(request).getBooksList())));
  }
}
