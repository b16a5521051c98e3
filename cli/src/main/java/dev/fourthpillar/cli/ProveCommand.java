package dev.fourthpillar.cli;

import dev.fourthpillar.budget.v1.ProveEntryRequest;
import dev.fourthpillar.budget.v1.ProveEntryResponse;
import dev.fourthpillar.cli.pay.FileException;
import dev.fourthpillar.proof.ProofFileCodec;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fp prove ENGINEER CURRENCY ENTRY FILE}. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description = "Writes the proof that an entry is in the ledger as it was signed.")
final class ProveCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ENGINEER", description = "Whose account.")
  private String engineer = "";

  @Parameters(index = "1", paramLabel = "CURRENCY", description = "The account's, ISO 4217.")
  private String currency = "";

  @Parameters(index = "2", paramLabel = "ENTRY", description = "Its number, see fp entries.")
  private long entry;

  @Parameters(index = "3", paramLabel = "FILE", description = "Where the proof goes.")
  private Path file = Path.of("");

  @Mixin private BudgetOption budget = new BudgetOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        ProveEntryRequest.newBuilder()
            .setEngineer(engineer)
            .setCurrencyCode(currency)
            .setEntry(entry)
            .build();
    return budget.balance(service -> write(service.proveEntry(request)));
  }

  /** A refusal comes in the place of the first part, and leaves no file. */
  private int write(Iterator<ProveEntryResponse> parts) {
    boolean any = parts.hasNext();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      while (any) {
        out.write(ProofFileCodec.line(parts.next().getPart()));
        any = parts.hasNext();
      }
    } catch (IOException e) {
      throw new FileException(file, "cannot be written", e);
    }
    return output.print("%s: check it with fp verify --key KEY.pem\n".formatted(file));
  }
}
