package dev.fourthpillar.cli;

import dev.fourthpillar.cli.suite.StartCache;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fp prepare}: what {@code ./fp} does after it has built something. */
@Command(
    name = "prepare",
    mixinStandardHelpOptions = true,
    description = {
      "Starts and stops the services once, so that Java keeps what it learned of their start:",
      "from then on they are ready in less than half the time. ./fp does it after each build."
    })
final class PrepareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Suite.start(
            SuiteOptions.temporary().with(StartCache.WRITTEN),
            new Progress(spec.commandLine().getOut()))
        .close();
    return ExitCode.OK;
  }
}
