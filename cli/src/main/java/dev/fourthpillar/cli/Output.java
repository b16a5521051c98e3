package dev.fourthpillar.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Where the command it is mixed into answers. */
@Command
final class Output {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Prints all of what the command has to say. */
  int print(String text) {
    PrintWriter out = command.commandLine().getOut();
    out.print(text);
    out.flush();
    return ExitCode.OK;
  }
}
