package dev.fourthpillar.cli;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.cli.usage.PricesText;
import dev.fourthpillar.usage.v1.PreviewRepriceRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fp reprice preview FROM TO}. */
@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    description =
        "What pricing a span anew would change, for whom and for which models. Changes nothing.")
final class RepricePreviewCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "FROM",
      converter = TimeConverter.class,
      description = "Calls from when on, for example 2026-11-01T00:00:00Z.")
  private Timestamp from = Timestamp.getDefaultInstance();

  @Parameters(
      index = "1",
      paramLabel = "TO",
      converter = TimeConverter.class,
      description = "Calls before when.")
  private Timestamp to = Timestamp.getDefaultInstance();

  @Option(
      names = "--book",
      paramLabel = "BOOK",
      description = "As though this book were activated now. Default: the active books.")
  private String book = "";

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        PreviewRepriceRequest.newBuilder()
            .setStartTime(from)
            .setEndTime(to)
            .setBookId(book)
            .build();
    return output.print(
        PricesText.preview(usage.prices(service -> service.previewReprice(request))));
  }
}
