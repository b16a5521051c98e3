package dev.fourthpillar.cli;

import dev.fourthpillar.cli.demo.DemoException;
import dev.fourthpillar.cli.pay.FileException;
import dev.fourthpillar.cli.replay.ReplayException;
import dev.fourthpillar.cli.suite.SuiteException;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fp}: Fourth Pillar from the command line. */
@Command(
    name = "fp",
    description = "Fourth Pillar on this machine: token budgets as the fourth pillar of pay.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      PrepareCommand.class,
      TokenCommand.class,
      UsageCommand.class,
      PricesCommand.class,
      RepriceCommand.class,
      PeopleCommand.class,
      StatementCommand.class,
      LeaverCommand.class,
      CompareCommand.class,
      ExplainCommand.class,
      BalanceCommand.class,
      EntriesCommand.class,
      GrantCommand.class,
      CapCommand.class,
      ReserveCommand.class,
      SettleCommand.class,
      ReleaseCommand.class,
      ProveCommand.class,
      VerifyCommand.class,
      KeysCommand.class,
      HelpCommand.class
    })
public final class Fp implements Runnable {
  private static final String LOGGING = "dev/fourthpillar/cli/logback.xml";

  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    // The services' own is on the class path as well, and talks on standard output.
    System.setProperty("logback.configurationFile", LOGGING);
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Fp())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler((e, command, _) -> tell(e, command.getErr()));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  /** What a person can do something about is told in one sentence; the rest with its trace. */
  private static int tell(Exception e, PrintWriter err) {
    switch (e) {
      case SuiteException ours -> err.println("fp: " + ours.getMessage());
      case DemoException ours ->
          err.println("fp: the story did not go as it is told: " + ours.getMessage());
      case ReplayException ours -> err.println("fp: " + ours.getMessage());
      case FileException ours -> err.println("fp: " + ours.getMessage());
      case StatusRuntimeException refused -> {
        err.println("fp: " + Refused.text(refused));
        err.flush();
        return Refused.exitCode(refused);
      }
      default -> e.printStackTrace(err);
    }
    err.flush();
    return ExitCode.SOFTWARE;
  }
}
