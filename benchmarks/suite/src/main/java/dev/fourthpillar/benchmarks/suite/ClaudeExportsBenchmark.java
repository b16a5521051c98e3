package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.benchmarks.Rounds;
import dev.fourthpillar.cli.suite.StartCache;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuitePort;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.cli.suite.Tokens;
import io.grpc.CallCredentials;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.HdrHistogram.Histogram;

/**
 * What Claude Code sends of a thousand engineers, each with a credential and a session of their
 * own: exports of the logs of a few model requests, and of every twelfth (as 5 seconds are of a
 * minute) the metrics as well, with all effects; beside COPY of the very rows that came of them
 * into the same tables with the same indexes. Then the acknowledgement of an export at half of the
 * rate that was reached. Less by {@code JAVA_OPTS="-Dclaude.round=5 -Dclaude.warm=5
 * -Dclaude.rounds=1"}, seconds.
 */
final class ClaudeExportsBenchmark {
  private static final int ENGINEERS = Integer.getInteger("claude.engineers", 1_000);
  private static final int REQUESTS_AN_EXPORT = Integer.getInteger("claude.requests", 4);
  private static final int EXPORTS_A_METRIC = 12;
  private static final int SENDERS = Integer.getInteger("claude.senders", 128);
  private static final int ROUNDS = Integer.getInteger("claude.rounds", 3);
  private static final Duration WARM_UP = Duration.ofSeconds(Long.getLong("claude.warm", 30));
  private static final Duration ROUND = Duration.ofSeconds(Long.getLong("claude.round", 15));

  private final Suite suite;
  private final OtlpDoor door;
  private final List<ClaudeSession> sessions = new ArrayList<>();
  private final List<CallCredentials> senders = new ArrayList<>();

  private ClaudeExportsBenchmark(Suite suite, OtlpDoor door, Staff staff) {
    this.suite = suite;
    this.door = door;
    for (int i = 0; i < staff.size(); i++) {
      sessions.add(new ClaudeSession(i));
      senders.add(
          Tokens.bearing(
              suite
                  .tokens()
                  .mint(
                      "laptop-" + i,
                      Optional.of(staff.id(i)),
                      Set.of(Role.INGEST),
                      Duration.ofHours(12))));
    }
  }

  public static void main(String[] args) throws SQLException, IOException {
    try (Suite suite =
            Suite.start(SuiteOptions.temporary().with(StartCache.FOR_LOAD), SuiteListener.SILENT);
        OtlpDoor door = new OtlpDoor(suite.ports().of(SuitePort.OTLP_GRPC))) {
      new ClaudeExportsBenchmark(suite, door, Staff.hire(suite, ENGINEERS)).run();
    }
  }

  private void run() throws SQLException, IOException {
    WriteAheadLog.prepare(suite.database(SuiteService.USAGE));
    Load.closed(SENDERS, WARM_UP, _ -> export());
    Rounds acknowledged = new Rounds(ROUNDS);
    Rounds copied = new Rounds(ROUNDS);
    Rounds p50 = new Rounds(ROUNDS);
    Rounds p99 = new Rounds(ROUNDS);
    CopyBaseline copy = CopyBaseline.of(suite.database(SuiteService.USAGE));
    for (int i = 0; i < ROUNDS; i++) {
      copy.begin();
      double exports = Load.closed(SENDERS, ROUND, _ -> export());
      acknowledged.add(exports * REQUESTS_AN_EXPORT);
      copied.add(exports * ROUND.toSeconds() * REQUESTS_AN_EXPORT / copy.seconds());
    }
    double half = acknowledged.median() / REQUESTS_AN_EXPORT / 2;
    for (int i = 0; i < ROUNDS; i++) {
      Histogram latencies = Load.open(half, ROUND, _ -> export());
      p50.add(latencies.getValueAtPercentile(50) / 1e6);
      p99.add(latencies.getValueAtPercentile(99) / 1e6);
    }
    System.out.printf(
        "Exports of %d requests, %,d engineers, %d senders, medians of %d rounds of %d s%n",
        REQUESTS_AN_EXPORT, ENGINEERS, SENDERS, ROUNDS, ROUND.toSeconds());
    System.out.printf(
        "  acknowledged         %s model requests/s (target: at least 3,000)%n",
        acknowledged.show("%.0f"));
    System.out.printf("  COPY of their rows   %s model requests/s%n", copied.show("%.0f"));
    System.out.printf(
        "  acknowledged of COPY %.1f %%%n", 100 * acknowledged.median() / copied.median());
    System.out.printf("  at %.0f exports/s, half of that%n", half);
    System.out.printf("    acknowledgement, p50  %s ms%n", p50.show("%.1f"));
    System.out.printf("    acknowledgement, p99  %s ms (target: at most 50)%n", p99.show("%.1f"));
  }

  private void export() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int engineer = random.nextInt(sessions.size());
    door.logs(sessions.get(engineer).logs(REQUESTS_AN_EXPORT), senders.get(engineer));
    if (random.nextInt(EXPORTS_A_METRIC) == 0) {
      door.metrics(sessions.get(engineer).metrics(), senders.get(engineer));
    }
  }
}
