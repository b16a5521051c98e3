package dev.fourthpillar.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fp usage}: what was consumed, by whom, and what is still open of it. */
@Command(
    name = "usage",
    mixinStandardHelpOptions = true,
    description = "Usage: taken in, told to be whose, and compared.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ReplayCommand.class,
      UsageImportCommand.class,
      MapCommand.class,
      UnmapCommand.class,
      UnattributedCommand.class,
      UnpricedCommand.class,
      UnmatchedCommand.class,
      PolicyCommand.class,
      DifferencesCommand.class,
      ShortfallsCommand.class,
      ConflictsCommand.class,
      ConnectCommand.class
    })
final class UsageCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
