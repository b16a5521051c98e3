package dev.fourthpillar.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fp people}: who works here. */
@Command(
    name = "people",
    mixinStandardHelpOptions = true,
    description = "Records people.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = PeopleImportCommand.class)
final class PeopleCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
