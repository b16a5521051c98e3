package dev.fourthpillar.cli;

import dev.fourthpillar.cli.usage.ImportFormat;
import dev.fourthpillar.cli.usage.RecordFile;
import dev.fourthpillar.cli.usage.RecordImport;
import dev.fourthpillar.cli.usage.ReportUpload;
import dev.fourthpillar.usage.v1.ImportReportResponse;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fp usage import FILE}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Records the calls of a file: one RecordedUsage of the contract as JSON in a line, or CSV. A call",
      "that is there already counts once. With another --format it is a provider's or a gateway's",
      "report: it is compared with what was counted, and never added."
    })
final class UsageImportCommand implements Callable<Integer> {
  private static final int MAX_TOLD = 20;

  @Parameters(paramLabel = "FILE", description = "In UTF-8.")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "F",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: calls.")
  private ImportFormat format = ImportFormat.CALLS;

  @Mixin private UsageOption usage = new UsageOption();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    PrintWriter out = spec.commandLine().getOut();
    return format == ImportFormat.CALLS ? calls(out, err) : report(out, err);
  }

  private int calls(PrintWriter out, PrintWriter err) {
    RecordFile calls = RecordFile.read(file);
    ProgressBar bar = new ProgressBar(err, "calls");
    RecordImport.Outcome outcome =
        usage.ingest(service -> RecordImport.run(service, calls.records(), bar::at));
    outcome.refused().stream().limit(MAX_TOLD).forEach(err::println);
    if (outcome.refused().size() > MAX_TOLD) {
      err.println("and %,d more".formatted(outcome.refused().size() - MAX_TOLD));
    }
    err.flush();
    out.println(
        "%,d calls recorded, %,d were there already, %,d refused"
            .formatted(outcome.accepted(), outcome.duplicates(), outcome.refused().size()));
    out.flush();
    return outcome.refused().isEmpty() ? ExitCode.OK : Refused.EXIT_CODE;
  }

  private int report(PrintWriter out, PrintWriter err) {
    ProgressBar bar = new ProgressBar(err, "bytes");
    ImportReportResponse answer =
        usage.ingest(service -> ReportUpload.run(service, format.proto(), file, bar::at));
    answer
        .getRejectedRowsList()
        .forEach(row -> err.println("row %d: %s".formatted(row.getRow(), row.getReason())));
    err.flush();
    out.println(
        "%,d rows read, %,d lines by day, model and key, %,d rows rejected"
            .formatted(answer.getRowCount(), answer.getLineCount(), answer.getRejectedCount()));
    out.println("what differs: fp usage differences FROM TO");
    out.flush();
    return answer.getRejectedCount() == 0 ? ExitCode.OK : Refused.EXIT_CODE;
  }
}
