package dev.fourthpillar.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fp prices}: what usage costs. */
@Command(
    name = "prices",
    mixinStandardHelpOptions = true,
    description = "Price books: brought in, looked at, activated.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PricesListCommand.class,
      PricesGetCommand.class,
      PricesImportCommand.class,
      PricesCompareCommand.class,
      PricesActivateCommand.class,
      PricesNegotiateCommand.class
    })
final class PricesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
