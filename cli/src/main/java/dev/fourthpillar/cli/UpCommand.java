package dev.fourthpillar.cli;

import dev.fourthpillar.cli.suite.Ports;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteDirectory;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuitePort;
import dev.fourthpillar.cli.suite.SuiteService;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fp up}: the suite, until Ctrl-C. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts PostgreSQL and the three services on 127.0.0.1, and stops them on Ctrl-C.",
      "Data stay in the directory for the next time."
    })
final class UpCommand implements Callable<Integer> {
  private static final long POLL_MILLIS = 200;

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--ports",
      paramLabel = "NAME=PORT,…",
      converter = PortsConverter.class,
      description = {
        "Other ports than the usual ones, or 'free' for any. Names: budget, usage, comp,",
        "budget-management, usage-management, comp-management, otlp-grpc, otlp-http."
      })
  private Ports ports = Ports.usual();

  @Option(
      names = "--deduplication-window",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = {
        "How old usage may be that is recorded, 1d to 3650d; longer for 'usage replay --raw' of old",
        "runs. Default: 35d."
      })
  private Duration deduplicationWindow = SuiteOptions.DEFAULT_DEDUPLICATION_WINDOW;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (Suite suite =
        Suite.start(
            SuiteOptions.keptIn(data.directory().root())
                .on(ports)
                .recordingUsageOf(deduplicationWindow),
            new Progress(out))) {
      out.print(greeting(suite));
      out.flush();
      Optional<SuiteService> givenUp = suite.givenUp();
      while (givenUp.isEmpty()) {
        Thread.sleep(POLL_MILLIS);
        givenUp = suite.givenUp();
      }
      return ExitCode.SOFTWARE;
    }
  }

  private static String greeting(Suite suite) {
    StringBuilder text = new StringBuilder();
    text.append("\n");
    for (SuiteService service : SuiteService.values()) {
      line(text, service.id(), suite.ports().address(service.grpcPort()) + "  gRPC");
      line(
          text,
          "",
          "http://%s  /health/readiness, /prometheus"
              .formatted(suite.ports().address(service.managementPort())));
    }
    line(text, "telemetry", suite.ports().address(SuitePort.OTLP_GRPC) + "  OTLP over gRPC");
    line(
        text,
        "",
        "http://%s  OTLP over HTTP: /v1/logs, /v1/metrics, /v1/traces"
            .formatted(suite.ports().address(SuitePort.OTLP_HTTP)));
    line(text, "data and logs", suite.directory().root().toString());
    text.append(
        """

        A token:  ./fp token --role finance%s
        Ctrl-C stops everything; the data stay.
        """
            .formatted(
                suite.directory().equals(SuiteDirectory.usual())
                    ? ""
                    : " --data " + suite.directory().root()));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-16s %s%n".formatted(name, value));
  }
}
