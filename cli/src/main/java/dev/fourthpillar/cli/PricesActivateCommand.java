package dev.fourthpillar.cli;

import com.google.type.Decimal;
import dev.fourthpillar.cli.usage.PricesText;
import dev.fourthpillar.usage.v1.ActivatePriceBookRequest;
import dev.fourthpillar.usage.v1.PriceBook;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fp prices activate BOOK}. */
@Command(
    name = "activate",
    mixinStandardHelpOptions = true,
    description = "Prices usage with a book, from its effective time on.")
final class PricesActivateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "BOOK", description = "For example list/2.")
  private String book = "";

  @Option(
      names = "--discount",
      paramLabel = "FRACTION",
      description = "What the employer pays less than list, 0 to 1. Default: the service's own.")
  private @Nullable String discount;

  @Option(names = "--confirm", description = "The differences were looked at.")
  private boolean confirm;

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        ActivatePriceBookRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setBookId(book)
            .setConfirm(confirm);
    if (discount != null) {
      request.setEmployerDiscount(Decimal.newBuilder().setValue(discount));
    }
    PriceBook active =
        usage.prices(service -> service.activatePriceBook(request.build()).getBook());
    return output.print(PricesText.books(List.of(active)));
  }
}
