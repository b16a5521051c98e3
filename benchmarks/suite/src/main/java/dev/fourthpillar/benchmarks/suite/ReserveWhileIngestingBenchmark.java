package dev.fourthpillar.benchmarks.suite;

import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.benchmarks.Rounds;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.cli.suite.StartCache;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuiteService;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Reserve while usage of the same engineers is taken in, priced, settled and booked at 30 % of the
 * rate that is reached without Reserve, and while none is. Less by {@code
 * JAVA_OPTS="-Dbeside.round=5 -Dbeside.warm=5 -Dbeside.rounds=1"}, seconds.
 */
final class ReserveWhileIngestingBenchmark {
  private static final int ENGINEERS = Integer.getInteger("beside.engineers", 1_000);
  private static final double SHARE = 0.30;

  /** Of a call beside Reserve: so many come in a moment, and not a thousand at once. */
  private static final int OBJECTS_A_CALL = 100;

  private static final int CALLERS = 4;
  private static final int MAXIMUM_CALLS = Integer.getInteger("beside.calls", 60);
  private static final double RESERVES_A_SECOND = Integer.getInteger("beside.reserves", 200);
  private static final int ROUNDS = Integer.getInteger("beside.rounds", 3);
  private static final Duration WARM_UP = Duration.ofSeconds(Long.getLong("beside.warm", 30));
  private static final Duration ROUND = Duration.ofSeconds(Long.getLong("beside.round", 15));
  private static final Money ONE_CENT =
      Money.newBuilder().setCurrencyCode("USD").setNanos(10_000_000).build();

  private final IngestLoad ingest;
  private final UnaryPairs pairs;

  private ReserveWhileIngestingBenchmark(Suite suite, Staff staff) {
    this.ingest = new IngestLoad(suite, staff);
    this.pairs =
        new UnaryPairs(
            EnforcementServiceGrpc.newBlockingStub(suite.channel(SuiteService.BUDGET))
                .withCallCredentials(suite.tokens().as("bench-gateway", Role.GATEWAY)),
            ONE_CENT,
            () -> staff.id(ThreadLocalRandom.current().nextInt(staff.size())));
  }

  public static void main(String[] args) {
    try (Suite suite =
        Suite.start(SuiteOptions.temporary().with(StartCache.FOR_LOAD), SuiteListener.SILENT)) {
      Staff staff = Staff.hire(suite, ENGINEERS);
      suite.kill9(SuiteService.COMP);
      WriteAheadLog.prepare(suite.database(SuiteService.USAGE));
      new ReserveWhileIngestingBenchmark(suite, staff).run();
    }
  }

  private void run() {
    Load.open(RESERVES_A_SECOND, WARM_UP, _ -> pairs.pair());
    ingest.ingest(CALLERS, MAXIMUM_CALLS);
    Rounds maximum = new Rounds(ROUNDS);
    Rounds alone = new Rounds(ROUNDS);
    Rounds beside = new Rounds(ROUNDS);
    for (int i = 0; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      int objects = ingest.ingest(CALLERS, MAXIMUM_CALLS);
      maximum.add(objects / ((System.nanoTime() - begin) / 1e9));
      // What was taken in is told and booked before anything is measured.
      Load.open(RESERVES_A_SECOND, Duration.ofSeconds(3), _ -> pairs.pair());
      alone.add(reserveP99());
      double calls = SHARE * maximum.median() / OBJECTS_A_CALL;
      Load.onThreads(
          2,
          caller -> {
            if (caller == 0) {
              beside.add(reserveP99());
            } else {
              Load.open(calls, ROUND, _ -> ingest.one(OBJECTS_A_CALL));
            }
          });
    }
    System.out.printf(
        "Reserve at %.0f a second, %,d accounts, medians of %d rounds of %d s%n",
        RESERVES_A_SECOND, ENGINEERS, ROUNDS, ROUND.toSeconds());
    System.out.printf("  ingestion at its maximum     %s objects/s%n", maximum.show("%.0f"));
    System.out.printf("  p99 alone                    %s ms%n", alone.show("%.1f"));
    System.out.printf(
        "  p99 while %.0f %% of it come in %s ms (target: at most 20)%n",
        100 * SHARE, beside.show("%.1f"));
    System.out.printf("  that is %.2f times as much%n", beside.median() / alone.median());
  }

  private double reserveP99() {
    pairs.latencies();
    Load.open(RESERVES_A_SECOND, ROUND, _ -> pairs.pair());
    return pairs.latencies().getValueAtPercentile(99) / 1e6;
  }
}
