package dev.fourthpillar.cli;

import dev.fourthpillar.cli.suite.SuiteDirectory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --data}: which suite is meant. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The suite's directory. Default: $$XDG_STATE_HOME/fourth-pillar, else ~/.fourth-pillar")
  private @Nullable Path data;

  SuiteDirectory directory() {
    return data == null ? SuiteDirectory.usual() : new SuiteDirectory(data.toAbsolutePath());
  }
}
