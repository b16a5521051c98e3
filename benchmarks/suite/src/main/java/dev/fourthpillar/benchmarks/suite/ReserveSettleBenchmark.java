package dev.fourthpillar.benchmarks.suite;

import com.google.protobuf.ByteString;
import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.benchmarks.ChildServer;
import dev.fourthpillar.benchmarks.Rounds;
import dev.fourthpillar.benchmarks.SampleServer;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.cli.suite.StartCache;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.sample.v1.EchoRequest;
import dev.fourthpillar.sample.v1.EchoServiceGrpc;
import dev.fourthpillar.sample.v1.EchoServiceGrpc.EchoServiceBlockingStub;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Reserve and Settle over the accounts of 1,000 engineers, as calls and in batches through Enforce,
 * in one run with its baselines: a unary echo through the same edge, the same rows written by
 * set-based SQL, pgbench's own transaction, and bucket4j on PostgreSQL. All on one machine: client,
 * budget-service and PostgreSQL share its processors.
 */
final class ReserveSettleBenchmark {
  private static final int ENGINEERS = 1_000;
  private static final int CALLERS = 64;
  private static final int ROUNDS = 3;

  /** So long does the service's compiler need; before that it takes more time than the service. */
  private static final Duration WARM_UP = Duration.ofSeconds(Long.getLong("pairs.warm", 120));

  private static final Duration SHORT_WARM_UP = Duration.ofSeconds(20);
  private static final Duration ROUND = Duration.ofSeconds(6);
  private static final EchoRequest ECHO =
      EchoRequest.newBuilder().setPayload(ByteString.copyFromUtf8("x".repeat(100))).build();
  private static final Money ONE_CENT =
      Money.newBuilder().setCurrencyCode("USD").setNanos(10_000_000).build();

  private final Supplier<String> anybody;
  private final Supplier<String> one;
  private final UnaryPairs unary;
  private final StreamPairs stream;
  private final EchoServiceBlockingStub echo;

  private final Rounds echoes = new Rounds(ROUNDS);
  private final Rounds unaryPairs = new Rounds(ROUNDS);
  private final Rounds streamPairs = new Rounds(ROUNDS);
  private final Rounds onOne = new Rounds(ROUNDS);
  private final Rounds bound = new Rounds(ROUNDS);
  private final Rounds transactions = new Rounds(ROUNDS);
  private final Rounds buckets = new Rounds(ROUNDS);
  private final Rounds oneBucket = new Rounds(ROUNDS);
  private final Rounds p50 = new Rounds(ROUNDS);
  private final Rounds p99 = new Rounds(ROUNDS);

  private ReserveSettleBenchmark(Suite suite, Staff staff, ChildServer sample) {
    EnforcementServiceBlockingStub budget =
        EnforcementServiceGrpc.newBlockingStub(suite.channel(SuiteService.BUDGET))
            .withCallCredentials(suite.tokens().as("bench-gateway", Role.GATEWAY));
    this.anybody = () -> staff.id(ThreadLocalRandom.current().nextInt(staff.size()));
    this.one = () -> staff.id(0);
    this.unary = new UnaryPairs(budget, ONE_CENT, anybody);
    this.stream = new StreamPairs(budget, ONE_CENT);
    this.echo = EchoServiceGrpc.newBlockingStub(sample.channel());
  }

  public static void main(String[] args) throws IOException {
    try (Suite suite =
            Suite.start(SuiteOptions.temporary().with(StartCache.FOR_LOAD), SuiteListener.SILENT);
        ChildServer sample = ChildServer.start(SampleServer.class, OfSample::isNeeded)) {
      Staff staff = Staff.hire(suite, ENGINEERS);
      // They would take their share of the processors for what they make of each settled call.
      suite.kill9(SuiteService.USAGE);
      suite.kill9(SuiteService.COMP);
      LocalDatabase database = suite.database(SuiteService.BUDGET);
      try (BucketPairs bucket4j = BucketPairs.on(database)) {
        new ReserveSettleBenchmark(suite, staff, sample)
            .run(database, Pgbench.on(database), bucket4j);
      }
    }
  }

  private void run(LocalDatabase database, Optional<Pgbench> pgbench, BucketPairs bucket4j) {
    Load.closed(CALLERS, WARM_UP, _ -> unary.pair());
    stream.pairsPerSecond(SHORT_WARM_UP, anybody);
    Load.closed(CALLERS, SHORT_WARM_UP, _ -> echo());
    Optional<SetBasedPairs> sql = pgbench.map(tool -> SetBasedPairs.prepare(database, tool));
    pgbench.ifPresent(Pgbench::prepare);
    WriteAheadLog.prepare(database);

    for (int i = 0; i < ROUNDS; i++) {
      echoes.add(Load.closed(CALLERS, ROUND, _ -> echo()));
      unaryPairs.add(Load.closed(CALLERS, ROUND, _ -> unary.pair()));
      streamPairs.add(stream.pairsPerSecond(ROUND, anybody));
      onOne.add(stream.pairsPerSecond(ROUND, one));
      sql.ifPresent(same -> bound.add(same.pairsPerSecond(ROUND)));
      pgbench.ifPresent(tool -> transactions.add(tool.transactionsPerSecond(ROUND)));
      buckets.add(bucket4j.pairsPerSecond(ROUND, anybody));
      oneBucket.add(bucket4j.pairsPerSecond(ROUND, one));
    }
    double half = unaryPairs.median() / 2;
    WriteAheadLog.checkpoint(database);
    for (int i = 0; i < ROUNDS; i++) {
      unary.latencies();
      Load.open(half, ROUND, _ -> unary.pair());
      Histogram latencies = unary.latencies();
      p50.add(latencies.getValueAtPercentile(50) / 1e6);
      p99.add(latencies.getValueAtPercentile(99) / 1e6);
    }
    report(half, pgbench.isPresent());
  }

  private void report(double half, boolean withPgbench) {
    System.out.printf(
        "Reserve and Settle, %,d accounts, medians of %d rounds%n", ENGINEERS, ROUNDS);
    System.out.printf("  echo through the edge      %s calls/s%n", echoes.show("%.0f"));
    System.out.printf(
        "  unary, %d callers          %s pairs/s%n", CALLERS, unaryPairs.show("%.0f"));
    System.out.printf(
        "    calls, of the echo's     %.1f %% (target: at least 35 %%)%n",
        100 * 2 * unaryPairs.median() / echoes.median());
    System.out.printf(
        "    Reserve at %.0f pairs/s   p50 %s ms, p99 %s ms (target: p99 at most 10)%n",
        half, p50.show("%.2f"), p99.show("%.2f"));
    System.out.printf("  Enforce, in batches        %s pairs/s%n", streamPairs.show("%.0f"));
    if (withPgbench) {
      System.out.printf(
          "    same rows, set-based SQL %s pairs/s: Enforce is %.1f %% of it (target: at least 40 %%), unary %.1f %%%n",
          bound.show("%.0f"),
          100 * streamPairs.median() / bound.median(),
          100 * unaryPairs.median() / bound.median());
      System.out.printf(
          "    pgbench -s 50            %s tx/s: Enforce is %.2f times it (target: at least 1.5)%n",
          transactions.show("%.0f"), streamPairs.median() / transactions.median());
    } else {
      System.out.println("    pgbench is not on the path: neither it nor the SQL bound was run");
    }
    System.out.printf(
        "    bucket4j, 1,000 keys     %s pairs/s: Enforce is %.2f times it (target: at least 2)%n",
        buckets.show("%.0f"), streamPairs.median() / buckets.median());
    System.out.printf("  Enforce, one account       %s pairs/s%n", onOne.show("%.0f"));
    System.out.printf(
        "    bucket4j, one key        %s pairs/s: Enforce is %.2f times it (target: at least 5)%n",
        oneBucket.show("%.0f"), onOne.median() / oneBucket.median());
  }

  private void echo() {
    echo.echo(ECHO);
  }
}
