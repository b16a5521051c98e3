package dev.fourthpillar.cli;

import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteService;
import java.io.PrintWriter;
import java.time.Duration;

/** What a suite does, in lines. */
final class Progress implements SuiteListener {
  private final PrintWriter out;

  Progress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void step(String what) {
    line(what + " …");
  }

  @Override
  public void ready(SuiteService service, Duration after) {
    line(
        "%s is ready after %d.%03d s"
            .formatted(service.id(), after.toSeconds(), after.toMillisPart()));
  }

  @Override
  public void died(SuiteService service, int exitCode, Duration restartIn) {
    line(
        "%s ended with exit code %d; it is started again in %d s"
            .formatted(service.id(), exitCode, restartIn.toSeconds()));
  }

  @Override
  public void givenUp(SuiteService service, String message) {
    line(service.id() + " died too often and is not started again.");
    line(message);
  }

  private synchronized void line(String text) {
    out.println(text);
    out.flush();
  }
}
