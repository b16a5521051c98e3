package dev.fourthpillar.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.fourthpillar.cli.pay.FileException;
import dev.fourthpillar.cli.usage.PricesText;
import dev.fourthpillar.usage.v1.ImportPriceBookRequest;
import dev.fourthpillar.usage.v1.LiteLlmFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fp prices import FILE}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Brings a price book in: the published form, or the public file of LiteLLM, of which --book,",
      "--book-version and --from make a book. Nothing is priced with it before it is activated."
    })
final class PricesImportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "JSON in UTF-8, at most 3 MiB.")
  private Path file = Path.of("");

  @Option(names = "--litellm", description = "It is model_prices_and_context_window.json.")
  private boolean liteLlm;

  @Option(names = "--book", paramLabel = "ID", description = "Of the new book. Default: list.")
  private String book = "list";

  @Option(names = "--book-version", paramLabel = "N", description = "Of the new book. Default: 1.")
  private int version = 1;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "With --litellm: for calls from when on. Required there.")
  private @Nullable Timestamp from;

  @Option(names = "--own-rates", paramLabel = "FILE", description = "What the employer pays.")
  private @Nullable Path ownRates;

  @Option(names = "--keep-own-rates", description = "Those of the book before go on.")
  private boolean keepOwnRates;

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var request =
        ImportPriceBookRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setKeepEmployerRates(keepOwnRates);
    if (ownRates != null) {
      request.setEmployerBookJson(bytes(ownRates));
    }
    if (!liteLlm) {
      request.setListBookJson(bytes(file));
    } else {
      if (from == null) {
        throw new ParameterException(spec.commandLine(), "--litellm (expected: with --from)");
      }
      request.setLitellm(
          LiteLlmFile.newBuilder()
              .setJson(bytes(file))
              .setBookId(book)
              .setVersion(version)
              .setEffectiveTime(from)
              .setSource("LiteLLM, file " + file.getFileName()));
    }
    return output.print(
        PricesText.imported(usage.prices(service -> service.importPriceBook(request.build()))));
  }

  private static ByteString bytes(Path file) {
    try {
      return ByteString.copyFrom(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new FileException(file, "cannot be read: " + e.getMessage(), e);
    }
  }
}
