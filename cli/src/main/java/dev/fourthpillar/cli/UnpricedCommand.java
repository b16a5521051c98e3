package dev.fourthpillar.cli;

import dev.fourthpillar.cli.usage.OpenUsageText;
import dev.fourthpillar.usage.v1.ListUnpricedRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fp usage unpriced}. */
@Command(
    name = "unpriced",
    mixinStandardHelpOptions = true,
    description = "Usage that has no price yet, the newest day first.")
final class UnpricedCommand implements Callable<Integer> {
  @Mixin private LimitOption limit = new LimitOption();

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request = ListUnpricedRequest.newBuilder().setPageSize(limit.rows()).build();
    return output.print(
        OpenUsageText.unpriced(
            usage.identities(service -> service.listUnpriced(request).getGroupsList())));
  }
}
