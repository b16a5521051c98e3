package dev.fourthpillar.benchmarks.suite;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.benchmarks.ChildServer;
import dev.fourthpillar.benchmarks.Rounds;
import dev.fourthpillar.benchmarks.SampleServer;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.budget.v1.OnExpiry;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.SettleRequest;
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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Reserve and Settle, unary, over the accounts of 1,000 engineers, in one run with its baselines: a
 * unary echo through the same edge, the same rows written by set-based SQL, and pgbench's own
 * transaction. All on one machine: client, budget-service and PostgreSQL share its processors.
 */
final class ReserveSettleBenchmark {
  private static final int ENGINEERS = 1_000;
  private static final int CALLERS = 64;
  private static final int ROUNDS = 3;

  /** So long does the service's compiler need; before that it takes more time than the service. */
  private static final java.time.Duration WARM_UP = java.time.Duration.ofMinutes(2);

  private static final java.time.Duration ECHO_WARM_UP = java.time.Duration.ofSeconds(20);
  private static final java.time.Duration ROUND = java.time.Duration.ofSeconds(6);
  private static final EchoRequest ECHO =
      EchoRequest.newBuilder().setPayload(ByteString.copyFromUtf8("x".repeat(100))).build();
  private static final Money ONE_CENT =
      Money.newBuilder().setCurrencyCode("USD").setNanos(10_000_000).build();

  private final Staff staff;
  private final EnforcementServiceBlockingStub budget;
  private final EchoServiceBlockingStub echo;
  private final Recorder reserves = new Recorder(3);

  private ReserveSettleBenchmark(Suite suite, Staff staff, ChildServer sample) {
    this.staff = staff;
    this.budget =
        EnforcementServiceGrpc.newBlockingStub(suite.channel(SuiteService.BUDGET))
            .withCallCredentials(suite.tokens().as("bench-gateway", Role.GATEWAY));
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
      new ReserveSettleBenchmark(suite, staff, sample)
          .run(
              suite.database(SuiteService.BUDGET), Pgbench.on(suite.database(SuiteService.BUDGET)));
    }
  }

  private void run(LocalDatabase database, Optional<Pgbench> pgbench) throws IOException {
    Load.closed(CALLERS, WARM_UP, _ -> pair());
    Load.closed(CALLERS, ECHO_WARM_UP, _ -> echo());
    Optional<SetBasedPairs> sql = pgbench.map(tool -> SetBasedPairs.prepare(database, tool));
    pgbench.ifPresent(tool -> tool.run("-i", "-q", "-s", "50"));

    Rounds pairs = new Rounds(ROUNDS);
    Rounds echoes = new Rounds(ROUNDS);
    Rounds bound = new Rounds(ROUNDS);
    Rounds transactions = new Rounds(ROUNDS);
    for (int i = 0; i < ROUNDS; i++) {
      echoes.add(Load.closed(CALLERS, ROUND, _ -> echo()));
      pairs.add(Load.closed(CALLERS, ROUND, _ -> pair()));
      sql.ifPresent(same -> bound.add(same.pairsPerSecond(ROUND)));
      pgbench.ifPresent(
          tool ->
              transactions.add(
                  tool.transactionsPerSecond(
                      "-c", "16", "-j", "2", "-M", "prepared", "-T", seconds(ROUND), "-n")));
    }
    double half = pairs.median() / 2;
    Rounds p50 = new Rounds(ROUNDS);
    Rounds p99 = new Rounds(ROUNDS);
    for (int i = 0; i < ROUNDS; i++) {
      reserves.reset();
      Load.open(half, ROUND, _ -> pair());
      Histogram latencies = reserves.getIntervalHistogram();
      p50.add(latencies.getValueAtPercentile(50) / 1e6);
      p99.add(latencies.getValueAtPercentile(99) / 1e6);
    }

    System.out.printf(
        "Reserve and Settle, unary, %,d accounts, %d callers, medians of %d rounds%n",
        ENGINEERS, CALLERS, ROUNDS);
    System.out.printf("  pairs                      %s a second%n", pairs.show("%.0f"));
    System.out.printf("  echo through the edge      %s calls a second%n", echoes.show("%.0f"));
    System.out.printf(
        "  calls, of the echo's       %.1f %% (target: at least 35 %%)%n",
        100 * 2 * pairs.median() / echoes.median());
    System.out.printf(
        "  Reserve at %.0f pairs/s     p50 %s ms, p99 %s ms (target: p99 at most 10)%n",
        half, p50.show("%.2f"), p99.show("%.2f"));
    if (pgbench.isPresent()) {
      System.out.printf(
          "  same rows, set-based SQL   %s pairs a second; unary pairs are %.1f %% of it%n",
          bound.show("%.0f"), 100 * pairs.median() / bound.median());
      System.out.printf(
          "  pgbench -s 50              %s transactions a second; unary pairs are %.2f times it%n",
          transactions.show("%.0f"), pairs.median() / transactions.median());
    } else {
      System.out.println("  pgbench is not on the path: neither it nor the SQL bound was run");
    }
  }

  private void echo() {
    echo.echo(ECHO);
  }

  private void pair() {
    String engineer = staff.id(ThreadLocalRandom.current().nextInt(staff.size()));
    String hold = UUID.randomUUID().toString();
    long begin = System.nanoTime();
    budget.reserve(
        ReserveRequest.newBuilder()
            .setHoldId(hold)
            .setEngineer(engineer)
            .setAmount(ONE_CENT)
            .setTtl(Duration.newBuilder().setSeconds(600))
            .setOnExpiry(OnExpiry.ON_EXPIRY_RELEASE)
            .build());
    reserves.recordValue(System.nanoTime() - begin);
    budget.settle(
        SettleRequest.newBuilder()
            .setHoldId(hold)
            .setEngineer(engineer)
            .setActualAmount(ONE_CENT)
            .build());
  }

  private static String seconds(java.time.Duration length) {
    return Long.toString(length.toSeconds());
  }
}
