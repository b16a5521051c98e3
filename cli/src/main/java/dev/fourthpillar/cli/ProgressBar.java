package dev.fourthpillar.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * How far something is. On a terminal one line that changes; elsewhere a line for each tenth, so
 * that a log stays short.
 */
final class ProgressBar {
  private static final int WIDTH = 20;
  private static final int TENTHS = 10;
  private static final int PERCENT = 100;

  private final PrintWriter out;
  private final String what;
  private final boolean terminal;
  private long told = -1;

  ProgressBar(PrintWriter out, String what) {
    // There is no console where nobody looks.
    this(out, what, Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false));
  }

  ProgressBar(PrintWriter out, String what, boolean terminal) {
    this.out = out;
    this.what = what;
    this.terminal = terminal;
  }

  /** So much of that much is done. */
  void at(long done, long of) {
    int steps = terminal ? PERCENT : TENTHS;
    long step = of == 0 ? steps : done * steps / of;
    if (step == told) {
      return;
    }
    told = step;
    int full = of == 0 ? WIDTH : (int) (done * WIDTH / of);
    out.print(
        "%s[%s%s] %3d %%  %,d of %,d %s%s"
            .formatted(
                terminal ? "\r" : "",
                "█".repeat(full),
                "░".repeat(WIDTH - full),
                of == 0 ? PERCENT : done * PERCENT / of,
                done,
                of,
                what,
                terminal && done < of ? "" : "\n"));
    out.flush();
  }
}
