package dev.fourthpillar.cli;

import dev.fourthpillar.cli.demo.Calendar;
import dev.fourthpillar.cli.demo.DemoOptions;
import dev.fourthpillar.cli.demo.DemoStory;
import dev.fourthpillar.cli.demo.KillPoint;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteDirectory;
import dev.fourthpillar.cli.suite.SuiteOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fp demo}: the story of a small company. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Plays three weeks of a company with five engineers on a suite of its own, through the public",
      "gRPC API alone, and writes a statement for each of them. Ends with 0 when everything is as the",
      "story has it. The same --as-of and --seed give the same balances and statements."
    })
final class DemoCommand implements Callable<Integer> {
  private static final long DEFAULT_SEED = 1;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description = "When the story ends, RFC 3339, at most 13 days ago. Default: now.")
  private @Nullable Instant asOf;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "In which portions usage comes; totals do not depend on it. Default: 1.")
  private long seed = DEFAULT_SEED;

  @Option(
      names = "--keep",
      description = "Keeps the data, and says how to look at them with fp up.")
  private boolean keep;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the statements go. Default: fp-demo.")
  private Path out = Path.of("fp-demo");

  @Option(
      names = "--crash",
      description = {
        "Kills each service and PostgreSQL once (SIGKILL), at points that --seed draws;",
        "nothing is different."
      })
  private boolean crash;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    long started = System.nanoTime();
    PrintWriter text = spec.commandLine().getOut();
    Calendar calendar = calendar(Instant.now());
    Path data = SuiteDirectory.usual().root().resolve("demo-" + Instant.now().getEpochSecond());
    SuiteOptions options =
        keep
            ? SuiteOptions.keptIn(data).on(SuiteOptions.temporary().ports())
            : SuiteOptions.temporary();
    try (Suite suite = Suite.start(options, new Progress(text))) {
      List<KillPoint> kills = crash ? KillPoint.oneOfEach(seed) : List.of();
      DemoStory.tell(suite, new DemoOptions(calendar, seed, out, kills), text);
    }
    text.printf("%nThe story went as it is told, in %d s. ", seconds(started));
    text.printf("Again: ./fp demo --as-of %s --seed %d%n", calendar.asOf(), seed);
    if (keep) {
      text.printf("Its data: ./fp up --data %s%n", data);
    }
    text.flush();
    return ExitCode.OK;
  }

  private Calendar calendar(Instant now) {
    try {
      return asOf == null ? Calendar.endingNow(now) : Calendar.endingAt(asOf, now);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
    }
  }

  private static long seconds(long sinceNanos) {
    return Duration.ofNanos(System.nanoTime() - sinceNanos).toSeconds();
  }
}
