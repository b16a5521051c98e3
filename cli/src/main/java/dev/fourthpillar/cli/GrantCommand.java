package dev.fourthpillar.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fp grant}: a person's lots. */
@Command(
    name = "grant",
    mixinStandardHelpOptions = true,
    description = "A person's lots, and what finance does with them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      GrantIssueCommand.class,
      GrantListCommand.class,
      GrantReduceCommand.class,
      GrantExtendCommand.class,
      GrantRevokeCommand.class
    })
final class GrantCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
