package dev.fourthpillar.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fp cap}: limits without money of their own. */
@Command(
    name = "cap",
    mixinStandardHelpOptions = true,
    description = "Limits of what all calls of a model, a tool or a project may cost together.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CapPutCommand.class, CapListCommand.class})
final class CapCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
