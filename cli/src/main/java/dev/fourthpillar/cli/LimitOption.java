package dev.fourthpillar.cli;

import picocli.CommandLine.Option;

/** {@code --limit}: how much of a list is printed. */
final class LimitOption {
  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many at most, 1 to 500. Default: 50.")
  private int limit = 50;

  int rows() {
    return limit;
  }
}
