package dev.fourthpillar.cli;

import dev.fourthpillar.cli.usage.OpenUsageText;
import dev.fourthpillar.usage.v1.ListUnattributedRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fp usage unattributed}. */
@Command(
    name = "unattributed",
    mixinStandardHelpOptions = true,
    description = "Usage that is nobody's yet, the most frequent first.")
final class UnattributedCommand implements Callable<Integer> {
  @Mixin private LimitOption limit = new LimitOption();

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request = ListUnattributedRequest.newBuilder().setPageSize(limit.rows()).build();
    return output.print(
        OpenUsageText.unattributed(
            usage.identities(service -> service.listUnattributed(request).getGroupsList())));
  }
}
