package dev.fourthpillar.cli;

import dev.fourthpillar.cli.replay.Protocol;
import dev.fourthpillar.cli.replay.ReplayOrder;
import dev.fourthpillar.cli.replay.Replayer;
import dev.fourthpillar.cli.replay.Replayer.Outcome;
import dev.fourthpillar.cli.suite.Ports;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteDirectory;
import dev.fourthpillar.cli.suite.SuiteException;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.Tokens;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fp usage replay DIR}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Sends a folder of recorded OTLP exports to the running suite, and prints what each model consumed",
      "in the time they tell of. They are sent as a new run that ends now, with ids of its own, unless",
      "--raw is given."
    })
final class ReplayCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR",
      description = "Files such as 0001-logs-grpc.bin or 0001-logs-httpjson.json.")
  private Path folder = Path.of("");

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--protocol",
      paramLabel = "P",
      description = "grpc (default), http-protobuf or http-json.")
  private String protocol = "grpc";

  @Option(names = "--raw", description = "Untouched: the same run, with its times and ids.")
  private boolean raw;

  @Option(names = "--json", description = "Prints JSON, and nothing else on standard output.")
  private boolean json;

  @Option(
      names = "--engineer",
      paramLabel = "ID",
      description = "Sends them with this engineer's credential, which decides whose they are.")
  private @Nullable String engineer;

  @Option(names = "--reverse", description = "The last one first.")
  private boolean reversed;

  @Option(
      names = "--times",
      paramLabel = "N",
      description = "Sends everything so often, one pass after the other. Default: 1.")
  private int times = 1;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Requests under way at a time, 1 (default) to 32. More than 1 mixes the order.")
  private int parallel = 1;

  @Option(
      names = "--fresh",
      description = "On a suite of its own with an empty database, which goes afterwards.")
  private boolean fresh;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    ReplayOrder order = order();
    if (!fresh) {
      return print(run(running(), data.directory(), order));
    }
    Progress progress = new Progress(spec.commandLine().getErr());
    SuiteOptions options = SuiteOptions.temporary();
    if (raw) {
      // Untouched, the run is as old as it is.
      options = options.recordingUsageSince(Replayer.oldest(order), Instant.now());
    }
    try (Suite suite = Suite.start(options, progress)) {
      return print(run(suite.ports(), suite.directory(), order));
    }
  }

  private ReplayOrder order() {
    try {
      return new ReplayOrder(
          folder,
          Protocol.of(protocol),
          raw,
          UUID.randomUUID().toString(),
          reversed,
          times,
          parallel,
          Optional.ofNullable(engineer));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private Ports running() {
    return data.directory()
        .running()
        .orElseThrow(
            () ->
                new SuiteException(
                    "no suite runs on %s (expected: ./fp up in another terminal, or --fresh)"
                        .formatted(data.directory().root())));
  }

  private static Outcome run(Ports ports, SuiteDirectory directory, ReplayOrder order)
      throws InterruptedException {
    return new Replayer(ports, new Tokens(directory)).run(order, Instant.now());
  }

  private int print(Outcome outcome) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    outcome.warnings().forEach(warning -> err.println("fp: " + warning));
    err.flush();
    out.print(json ? outcome.json() + "\n" : outcome.table());
    out.flush();
    return ExitCode.OK;
  }
}
