package dev.fourthpillar.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Where a test types commands, and reads what they print. */
final class Terminal {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Runs a command; gives its exit code. */
  int fp(String... arguments) {
    CommandLine command = Fp.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  /** All that was printed so far. */
  String out() {
    return out.toString();
  }

  /** All that was printed to standard error so far. */
  String err() {
    return err.toString();
  }
}
