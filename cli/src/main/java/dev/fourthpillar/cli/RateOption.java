package dev.fourthpillar.cli;

import dev.fourthpillar.comp.v1.GivenRate;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --rate}: what currencies are worth in each other. */
final class RateOption {
  @Option(
      names = "--rate",
      paramLabel = "A/B=RATE@DATE",
      converter = RateConverter.class,
      description = "B for one A on that day, for example USD/SEK=10.50@2026-01-01. Repeatable.")
  private List<GivenRate> rates = List.of();

  List<GivenRate> given() {
    return rates;
  }
}
