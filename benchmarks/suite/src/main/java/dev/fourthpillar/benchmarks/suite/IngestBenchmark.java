package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.benchmarks.Rounds;
import dev.fourthpillar.cli.suite.StartCache;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.localdb.LocalDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * RecordUsage with all its effects (evidence, units, prices, settlements, rollups, and what the
 * settler tells of them), in calls of 1,000 objects of 1,000 engineers and 20 models of which 1 %
 * come twice, beside COPY of the very rows that came of them into the same tables with the same
 * indexes. A slow machine does less by {@code JAVA_OPTS="-Dingest.calls=20 -Dingest.rounds=3"}; see
 * the constants.
 */
final class IngestBenchmark {
  private static final int ENGINEERS = 1_000;
  private static final int CALLS_A_ROUND = Integer.getInteger("ingest.calls", 60);
  private static final int CALLERS = Integer.getInteger("ingest.callers", 4);
  private static final int ROUNDS = Integer.getInteger("ingest.rounds", 3);
  private static final int WARM_UP_CALLS = Integer.getInteger("ingest.warm-up-calls", 60);
  private static final Duration TOLD_WITHIN = Duration.ofMinutes(2);

  private final Suite suite;
  private final IngestLoad load;

  private IngestBenchmark(Suite suite, Staff staff) {
    this.suite = suite;
    this.load = new IngestLoad(suite, staff);
  }

  public static void main(String[] args) throws Exception {
    try (Suite suite =
        Suite.start(SuiteOptions.temporary().with(StartCache.FOR_LOAD), SuiteListener.SILENT)) {
      new IngestBenchmark(suite, Staff.hire(suite, ENGINEERS)).run();
    }
  }

  private void run() throws SQLException, IOException, InterruptedException {
    WriteAheadLog.prepare(suite.database(SuiteService.USAGE));
    load.ingest(CALLERS, WARM_UP_CALLS);
    awaitTold();
    Rounds acknowledged = new Rounds(ROUNDS);
    Rounds told = new Rounds(ROUNDS);
    Rounds copied = new Rounds(ROUNDS);
    CopyBaseline copy = CopyBaseline.of(suite.database(SuiteService.USAGE));
    for (int i = 0; i < ROUNDS; i++) {
      copy.begin();
      long begin = System.nanoTime();
      int objects = load.ingest(CALLERS, CALLS_A_ROUND);
      acknowledged.add(objects / secondsSince(begin));
      awaitTold();
      told.add(objects / secondsSince(begin));
      copied.add(objects / copy.seconds());
    }
    System.out.printf(
        "RecordUsage, calls of %,d objects, %d callers, medians of %d rounds of %,d objects%n",
        IngestLoad.OBJECTS_A_CALL, CALLERS, ROUNDS, CALLS_A_ROUND * IngestLoad.OBJECTS_A_CALL);
    System.out.printf("  acknowledged         %s objects/s%n", acknowledged.show("%.0f"));
    System.out.printf("  and told to budgets  %s objects/s%n", told.show("%.0f"));
    System.out.printf("  COPY of their rows   %s objects/s%n", copied.show("%.0f"));
    System.out.printf(
        "  acknowledged of COPY %.1f %% (target: at least 20 %%)%n",
        100 * acknowledged.median() / copied.median());
  }

  private void awaitTold() throws SQLException, InterruptedException {
    LocalDatabase database = suite.database(SuiteService.USAGE);
    long end = System.nanoTime() + TOLD_WITHIN.toNanos();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      while (untold(statement)) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("settlements were not told within " + TOLD_WITHIN);
        }
        Thread.sleep(10);
      }
    }
  }

  private static boolean untold(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "select exists (select from settlement where line_number is null)")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static double secondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
