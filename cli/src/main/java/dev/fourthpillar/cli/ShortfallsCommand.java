package dev.fourthpillar.cli;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.cli.usage.ReconciliationText;
import dev.fourthpillar.usage.v1.ListShortfallsRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fp usage shortfalls}. */
@Command(
    name = "shortfalls",
    mixinStandardHelpOptions = true,
    description = "What metrics say beyond the calls that were heard of, the largest first.")
final class ShortfallsCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Hours from when on. Default: 7 days before --to.")
  private @Nullable Timestamp from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Hours before when. Default: now.")
  private @Nullable Timestamp to;

  @Option(names = "--tool", paramLabel = "TOOL", description = "Only of this tool.")
  private String tool = "";

  @Mixin private LimitOption limit = new LimitOption();

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request = ListShortfallsRequest.newBuilder().setTool(tool).setPageSize(limit.rows());
    if (from != null) {
      request.setStartTime(from);
    }
    if (to != null) {
      request.setEndTime(to);
    }
    return output.print(
        ReconciliationText.shortfalls(
            usage.reconciliation(
                service -> service.listShortfalls(request.build()).getShortfallsList())));
  }
}
