package dev.fourthpillar.benchmarks.suite;

import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.benchmarks.Rounds;
import dev.fourthpillar.budget.v1.Cap;
import dev.fourthpillar.budget.v1.CapWindow;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.budget.v1.FundingServiceGrpc;
import dev.fourthpillar.budget.v1.PutCapRequest;
import dev.fourthpillar.cli.suite.StartCache;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuiteService;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * What caps cost: pairs through Enforce over 1,000 accounts without one, under one of the whole
 * organisation, and under five of it. All calls count in them, so each batch waits for the one
 * before: the worst that a cap can be. It has no target.
 */
final class CapCostBenchmark {
  private static final int ENGINEERS = 1_000;
  private static final int ROUNDS = 5;
  private static final Duration WARM_UP = Duration.ofSeconds(Long.getLong("caps.warm", 60));
  private static final Duration ROUND = Duration.ofSeconds(Long.getLong("caps.round", 6));
  private static final Money ONE_CENT =
      Money.newBuilder().setCurrencyCode("USD").setNanos(10_000_000).build();

  private final Suite suite;
  private final StreamPairs pairs;
  private final Supplier<String> anybody;

  private CapCostBenchmark(Suite suite, Staff staff) {
    this.suite = suite;
    EnforcementServiceBlockingStub budget =
        EnforcementServiceGrpc.newBlockingStub(suite.channel(SuiteService.BUDGET))
            .withCallCredentials(suite.tokens().as("bench-gateway", Role.GATEWAY));
    this.pairs = new StreamPairs(budget, ONE_CENT);
    this.anybody = () -> staff.id(ThreadLocalRandom.current().nextInt(staff.size()));
  }

  public static void main(String[] args) throws InterruptedException {
    try (Suite suite =
        Suite.start(SuiteOptions.temporary().with(StartCache.FOR_LOAD), SuiteListener.SILENT)) {
      CapCostBenchmark benchmark = new CapCostBenchmark(suite, Staff.hire(suite, ENGINEERS));
      suite.kill9(SuiteService.USAGE);
      suite.kill9(SuiteService.COMP);
      WriteAheadLog.prepare(suite.database(SuiteService.BUDGET));
      benchmark.run();
    }
  }

  private void run() throws InterruptedException {
    pairs.pairsPerSecond(WARM_UP, anybody);
    Rounds without = measure();
    put("cap-1");
    Rounds one = measure();
    for (int i = 2; i <= 5; i++) {
      put("cap-" + i);
    }
    Rounds five = measure();
    System.out.printf(
        "Pairs through Enforce, %,d accounts, medians of %d rounds%n", ENGINEERS, ROUNDS);
    System.out.printf("  without a cap    %s pairs/s%n", without.show("%.0f"));
    report("under one", one, without);
    report("under five", five, without);
  }

  private static void report(String what, Rounds under, Rounds without) {
    System.out.printf(
        "  %-15s  %s pairs/s: it costs %.1f µs a pair%n",
        what, under.show("%.0f"), 1e6 / under.median() - 1e6 / without.median());
  }

  private Rounds measure() {
    Rounds rounds = new Rounds(ROUNDS);
    for (int i = 0; i < ROUNDS; i++) {
      WriteAheadLog.checkpoint(suite.database(SuiteService.BUDGET));
      rounds.add(pairs.pairsPerSecond(ROUND, anybody));
    }
    return rounds;
  }

  private void put(String cap) throws InterruptedException {
    var _ =
        FundingServiceGrpc.newBlockingStub(suite.channel(SuiteService.BUDGET))
            .withCallCredentials(suite.tokens().as("bench-finance", Role.FINANCE))
            .putCap(
                PutCapRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setCap(
                        Cap.newBuilder()
                            .setCap(cap)
                            .setAmount(
                                Money.newBuilder().setCurrencyCode("USD").setUnits(1_000_000_000))
                            .setWindow(CapWindow.CAP_WINDOW_MONTH))
                    .build());
    // A replica looks for new caps once a second.
    Thread.sleep(2_000);
  }
}
