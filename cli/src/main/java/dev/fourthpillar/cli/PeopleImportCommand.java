package dev.fourthpillar.cli;

import dev.fourthpillar.cli.pay.PeopleFile;
import dev.fourthpillar.cli.pay.PeopleImport;
import dev.fourthpillar.comp.v1.PeopleServiceGrpc;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fp people import FILE}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Records the people of a CSV file, whose first line names its columns: engineer, country,",
      "time_zone, currency_code, start_date; and display_name, team, manager, fte, email, account.",
      "Who is known already is replaced. Who is refused is named, and stops nobody else."
    })
final class PeopleImportCommand implements Callable<Integer> {
  /** So often progress is told, whatever the number of people. */
  private static final int STEPS = 10;

  private static final int MAX_TOLD = 20;

  @Parameters(paramLabel = "FILE", description = "CSV in UTF-8, at most 100,000 people.")
  private Path file = Path.of("");

  @Mixin private CompOption comp = new CompOption();

  @Spec private CommandSpec spec;

  private int stepsTold;

  @Override
  public Integer call() {
    List<PeopleFile.Row> rows = PeopleFile.read(file);
    List<PeopleImport.Refused> refused =
        comp.ask(
            PeopleServiceGrpc::newBlockingStub,
            people -> new PeopleImport(people).run(rows, this::progress));
    PrintWriter err = spec.commandLine().getErr();
    refused.stream().limit(MAX_TOLD).forEach(one -> tell(err, one));
    if (refused.size() > MAX_TOLD) {
      err.println("and %,d more".formatted(refused.size() - MAX_TOLD));
    }
    err.flush();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "%,d people recorded, %,d refused".formatted(rows.size() - refused.size(), refused.size()));
    out.flush();
    return refused.isEmpty() ? ExitCode.OK : Refused.EXIT_CODE;
  }

  private static void tell(PrintWriter err, PeopleImport.Refused refused) {
    err.println(
        "row %d, %s: refused: %s (%s)"
            .formatted(
                refused.row().number(),
                refused.row().engineer().getEngineer(),
                refused.message(),
                refused.reason()));
    refused.fields().forEach(field -> err.println("    " + field));
  }

  private void progress(int done, int of) {
    int steps = (int) ((long) done * STEPS / of);
    if (steps > stepsTold) {
      stepsTold = steps;
      PrintWriter err = spec.commandLine().getErr();
      err.println("%,d of %,d people".formatted(done, of));
      err.flush();
    }
  }
}
