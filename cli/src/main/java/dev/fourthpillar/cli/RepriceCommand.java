package dev.fourthpillar.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fp reprice}: prices that were wrong. */
@Command(
    name = "reprice",
    mixinStandardHelpOptions = true,
    description = "Prices usage anew, and takes that back.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RepricePreviewCommand.class,
      RepriceApplyCommand.class,
      RepriceRevertCommand.class,
      RepriceShowCommand.class
    })
final class RepriceCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
