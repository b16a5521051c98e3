package dev.fourthpillar.cli;

import dev.fourthpillar.cli.usage.ReconciliationText;
import dev.fourthpillar.usage.v1.ListConflictsRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fp usage conflicts}. */
@Command(
    name = "conflicts",
    mixinStandardHelpOptions = true,
    description = "Reports that contradict each other, or the hold that paid; and what counts.")
final class ConflictsCommand implements Callable<Integer> {
  @Option(names = "--tool", paramLabel = "TOOL", description = "Only of this tool.")
  private String tool = "";

  @Mixin private LimitOption limit = new LimitOption();

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    ListConflictsRequest request =
        ListConflictsRequest.newBuilder().setTool(tool).setPageSize(limit.rows()).build();
    return output.print(
        ReconciliationText.conflicts(
            usage.reconciliation(service -> service.listConflicts(request).getConflictsList())));
  }
}
