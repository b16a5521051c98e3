package dev.fourthpillar.cli;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.cli.usage.ReconciliationText;
import dev.fourthpillar.usage.v1.DecideUnmatchedRequest;
import dev.fourthpillar.usage.v1.ListUnmatchedRequest;
import dev.fourthpillar.usage.v1.UnmatchedDecision;
import dev.fourthpillar.usage.v1.UnmatchedFilter;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fp usage unmatched}. */
@Command(
    name = "unmatched",
    mixinStandardHelpOptions = true,
    description = {
      "Usage that found no hold and waits for a decision. --charge charges all of it that fits,",
      "--dismiss says that it is charged elsewhere."
    })
final class UnmatchedCommand implements Callable<Integer> {
  @Option(names = "--engineer", paramLabel = "ID", description = "Only this engineer's.")
  private String engineer = "";

  @Option(names = "--tool", paramLabel = "TOOL", description = "Only of this tool.")
  private String tool = "";

  @Option(
      names = "--before",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "With --charge and --dismiss: only calls made before. Default: all.")
  private @Nullable Timestamp before;

  @Option(names = "--charge", description = "Charges it.")
  private boolean charge;

  @Option(names = "--dismiss", description = "It is charged elsewhere: it counts nowhere.")
  private boolean dismiss;

  @Mixin private LimitOption limit = new LimitOption();

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (charge && dismiss) {
      throw new ParameterException(spec.commandLine(), "--charge and --dismiss (expected: one)");
    }
    if (charge || dismiss) {
      return decide();
    }
    var request =
        ListUnmatchedRequest.newBuilder()
            .setEngineer(engineer)
            .setTool(tool)
            .setPageSize(limit.rows())
            .build();
    return output.print(
        ReconciliationText.unmatched(
            usage.reconciliation(service -> service.listUnmatched(request).getUsagesList())));
  }

  private int decide() {
    var filter = UnmatchedFilter.newBuilder().setEngineer(engineer).setTool(tool);
    if (before != null) {
      filter.setEndTime(before);
    }
    var request =
        DecideUnmatchedRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setDecision(
                charge
                    ? UnmatchedDecision.UNMATCHED_DECISION_CHARGE
                    : UnmatchedDecision.UNMATCHED_DECISION_DISMISS)
            .setFilter(filter)
            .build();
    int decided =
        usage.reconciliation(service -> service.decideUnmatched(request).getDecidedCount());
    return output.print("%,d calls are %s\n".formatted(decided, charge ? "charged" : "dismissed"));
  }
}
