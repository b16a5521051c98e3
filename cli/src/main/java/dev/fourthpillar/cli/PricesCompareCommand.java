package dev.fourthpillar.cli;

import dev.fourthpillar.cli.usage.PricesText;
import dev.fourthpillar.usage.v1.ComparePriceBooksRequest;
import dev.fourthpillar.usage.v1.RowChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fp prices compare BOOK [BEFORE]}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "What changes from one book to the next, row by row.")
final class PricesCompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "BOOK", description = "The later one, for example list/2.")
  private String book = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "BEFORE",
      description = "The book before. Default: the one that would hold without it.")
  private String before = "";

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    List<RowChange> changes =
        usage.prices(
            service -> {
              List<RowChange> found = new ArrayList<>();
              var request =
                  ComparePriceBooksRequest.newBuilder()
                      .setBookId(book)
                      .setBeforeBookId(before)
                      .setPageSize(500);
              do {
                var page = service.comparePriceBooks(request.build());
                found.addAll(page.getChangesList());
                request.setPageToken(page.getNextPageToken());
              } while (!request.getPageToken().isEmpty());
              return found;
            });
    return output.print(PricesText.changes(changes));
  }
}
