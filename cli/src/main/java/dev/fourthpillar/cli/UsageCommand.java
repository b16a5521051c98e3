package dev.fourthpillar.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fp usage}: what is done with telemetry. */
@Command(
    name = "usage",
    mixinStandardHelpOptions = true,
    description = "Sends telemetry.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ReplayCommand.class)
final class UsageCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
