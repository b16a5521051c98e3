package dev.fourthpillar.cli;

import dev.fourthpillar.cli.usage.PricesText;
import dev.fourthpillar.usage.v1.ListPriceBooksRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fp prices list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "All price books, the newest first.")
final class PricesListCommand implements Callable<Integer> {
  @Mixin private LimitOption limit = new LimitOption();

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request = ListPriceBooksRequest.newBuilder().setPageSize(limit.rows()).build();
    return output.print(
        PricesText.books(usage.prices(service -> service.listPriceBooks(request).getBooksList())));
  }
}
