package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.benchmarks.Rounds;
import dev.fourthpillar.cli.suite.StartCache;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuiteService;
import java.sql.SQLException;

/**
 * RecordUsage with nothing stored and with 30 million rows of evidence of the 30 days before (and
 * their calls, ids and values), in turn: two suites, of which one is at work at a time. Less by
 * {@code JAVA_OPTS="-Devidence.rows=200000 -Devidence.calls=5 -Devidence.rounds=1"}.
 */
final class EvidenceBenchmark {
  private static final int ENGINEERS = Integer.getInteger("evidence.engineers", 1_000);
  private static final long ROWS = Long.getLong("evidence.rows", 30_000_000);
  private static final int CALLERS = 4;
  private static final int CALLS_A_ROUND = Integer.getInteger("evidence.calls", 30);
  private static final int WARM_UP_CALLS = Integer.getInteger("evidence.warm-up-calls", 30);
  private static final int ROUNDS = Integer.getInteger("evidence.rounds", 5);

  private EvidenceBenchmark() {}

  public static void main(String[] args) throws SQLException {
    try (Suite nothing =
            Suite.start(SuiteOptions.temporary().with(StartCache.FOR_LOAD), SuiteListener.SILENT);
        Suite full =
            Suite.start(SuiteOptions.temporary().with(StartCache.FOR_LOAD), SuiteListener.SILENT)) {
      IngestLoad intoNothing = prepare(nothing);
      IngestLoad intoFull = prepare(full);
      long begin = System.nanoTime();
      long rows = StoredUsageRows.fill(full.database(SuiteService.USAGE), ROWS);
      System.out.printf(
          "%,d rows of evidence are there after %.0f s%n", rows, (System.nanoTime() - begin) / 1e9);
      // What the fill has pushed out of memory comes back.
      intoFull.ingest(CALLERS, WARM_UP_CALLS);
      intoNothing.ingest(CALLERS, WARM_UP_CALLS);
      Rounds empty = new Rounds(ROUNDS);
      Rounds stored = new Rounds(ROUNDS);
      for (int i = 0; i < ROUNDS; i++) {
        WriteAheadLog.checkpoint(nothing.database(SuiteService.USAGE));
        empty.add(perSecond(intoNothing));
        WriteAheadLog.checkpoint(full.database(SuiteService.USAGE));
        stored.add(perSecond(intoFull));
      }
      System.out.printf(
          "RecordUsage, calls of %,d objects, %d callers, medians of %d rounds of %,d objects%n",
          IngestLoad.OBJECTS_A_CALL, CALLERS, ROUNDS, CALLS_A_ROUND * IngestLoad.OBJECTS_A_CALL);
      System.out.printf("  nothing stored  %s objects/s%n", empty.show("%.0f"));
      System.out.printf("  %,d rows stored %s objects/s%n", rows, stored.show("%.0f"));
      System.out.printf(
          "  that is %.1f %% (target: at least 80 %%)%n", 100 * stored.median() / empty.median());
    }
  }

  private static IngestLoad prepare(Suite suite) {
    Staff staff = Staff.hire(suite, ENGINEERS);
    suite.kill9(SuiteService.BUDGET);
    suite.kill9(SuiteService.COMP);
    WriteAheadLog.prepare(suite.database(SuiteService.USAGE));
    IngestLoad load = new IngestLoad(suite, staff);
    load.ingest(CALLERS, WARM_UP_CALLS);
    return load;
  }

  private static double perSecond(IngestLoad load) {
    long begin = System.nanoTime();
    int objects = load.ingest(CALLERS, CALLS_A_ROUND);
    return objects / ((System.nanoTime() - begin) / 1e9);
  }
}
