package dev.fourthpillar.cli;

import com.google.type.Date;
import dev.fourthpillar.cli.usage.ReconciliationText;
import dev.fourthpillar.usage.v1.Difference;
import dev.fourthpillar.usage.v1.ListDifferencesRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fp usage differences FROM TO}. */
@Command(
    name = "differences",
    mixinStandardHelpOptions = true,
    description = "What imported reports say beside what was counted.")
final class DifferencesCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "FROM",
      converter = DayConverter.class,
      description = "The first day, UTC, for example 2026-11-01.")
  private Date first = Date.getDefaultInstance();

  @Parameters(
      index = "1",
      paramLabel = "TO",
      converter = DayConverter.class,
      description = "The last day.")
  private Date last = Date.getDefaultInstance();

  @Option(names = "--provider", paramLabel = "P", description = "Only of this provider.")
  private String provider = "";

  @Option(names = "--all", description = "Lines that agree, too.")
  private boolean all;

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    List<Difference> lines =
        usage.reconciliation(
            service -> {
              List<Difference> found = new ArrayList<>();
              var request =
                  ListDifferencesRequest.newBuilder()
                      .setStartDay(first)
                      .setEndDay(last)
                      .setProvider(provider)
                      .setIncludeEqual(all)
                      .setPageSize(500);
              do {
                var page = service.listDifferences(request.build());
                found.addAll(page.getDifferencesList());
                request.setPageToken(page.getNextPageToken());
              } while (!request.getPageToken().isEmpty());
              return found;
            });
    return output.print(ReconciliationText.differences(lines));
  }
}
