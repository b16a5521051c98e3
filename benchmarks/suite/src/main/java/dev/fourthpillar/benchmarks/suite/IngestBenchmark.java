package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.benchmarks.Rounds;
import dev.fourthpillar.cli.suite.StartCache;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.usage.v1.RecordedUsage;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * RecordUsage with all its effects (evidence, units, prices, settlements, rollups, and what the
 * settler tells of them), in calls of 1,000 objects of 1,000 engineers and 20 models of which 1 %
 * come twice, beside COPY of the very rows that came of them into the same tables with the same
 * indexes. A slow machine does less by {@code JAVA_OPTS="-Dingest.calls=20 -Dingest.rounds=3"}; see
 * the constants.
 */
final class IngestBenchmark {
  private static final int ENGINEERS = 1_000;
  private static final int OBJECTS_A_CALL = 1_000;
  private static final int DUPLICATES_A_CALL = 10;
  private static final int CALLS_A_ROUND = Integer.getInteger("ingest.calls", 60);
  private static final int CALLERS = Integer.getInteger("ingest.callers", 4);
  private static final int ROUNDS = Integer.getInteger("ingest.rounds", 3);
  private static final int WARM_UP_CALLS = Integer.getInteger("ingest.warm-up-calls", 60);
  private static final Duration TOLD_WITHIN = Duration.ofMinutes(2);

  private final Suite suite;
  private final Staff staff;
  private final UsageObjects usage;

  private IngestBenchmark(Suite suite, Staff staff) {
    this.suite = suite;
    this.staff = staff;
    this.usage = new UsageObjects(suite);
  }

  public static void main(String[] args) throws Exception {
    try (Suite suite =
        Suite.start(SuiteOptions.temporary().with(StartCache.FOR_LOAD), SuiteListener.SILENT)) {
      new IngestBenchmark(suite, Staff.hire(suite, ENGINEERS)).run();
    }
  }

  private void run() throws SQLException, IOException, InterruptedException {
    WriteAheadLog.prepare(suite.database(SuiteService.USAGE));
    ingest(WARM_UP_CALLS);
    awaitTold();
    Rounds acknowledged = new Rounds(ROUNDS);
    Rounds told = new Rounds(ROUNDS);
    Rounds copied = new Rounds(ROUNDS);
    CopyBaseline copy = CopyBaseline.of(suite.database(SuiteService.USAGE));
    for (int i = 0; i < ROUNDS; i++) {
      copy.begin();
      long begin = System.nanoTime();
      int objects = ingest(CALLS_A_ROUND);
      acknowledged.add(objects / secondsSince(begin));
      awaitTold();
      told.add(objects / secondsSince(begin));
      copied.add(objects / copy.seconds());
    }
    System.out.printf(
        "RecordUsage, calls of %,d objects, %d callers, medians of %d rounds of %,d objects%n",
        OBJECTS_A_CALL, CALLERS, ROUNDS, CALLS_A_ROUND * OBJECTS_A_CALL);
    System.out.printf("  acknowledged         %s objects/s%n", acknowledged.show("%.0f"));
    System.out.printf("  and told to budgets  %s objects/s%n", told.show("%.0f"));
    System.out.printf("  COPY of their rows   %s objects/s%n", copied.show("%.0f"));
    System.out.printf(
        "  acknowledged of COPY %.1f %% (target: at least 20 %%)%n",
        100 * acknowledged.median() / copied.median());
  }

  /** Returns how many objects were new. */
  private int ingest(int calls) {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger accepted = new AtomicInteger();
    Load.onThreads(
        CALLERS,
        _ -> {
          while (next.getAndIncrement() < calls) {
            accepted.addAndGet(usage.record(call()));
          }
        });
    return accepted.get();
  }

  private List<RecordedUsage> call() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    List<RecordedUsage> objects = new ArrayList<>(OBJECTS_A_CALL);
    for (int i = 0; i < OBJECTS_A_CALL - DUPLICATES_A_CALL; i++) {
      objects.add(
          UsageObjects.of(
              staff.id(random.nextInt(staff.size())),
              random.nextInt(20),
              Instant.now().minusSeconds(random.nextInt(3_600))));
    }
    objects.addAll(objects.subList(0, DUPLICATES_A_CALL));
    return objects;
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
