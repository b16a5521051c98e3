package dev.fourthpillar.benchmarks.suite;

import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.cli.suite.StartCache;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuiteService;
import java.time.Duration;
import java.util.SortedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Where the processor time of a Reserve and its Settle goes, by process, as calls and in batches:
 * what to make cheaper next. It has no baseline and no target.
 */
final class PairCostBenchmark {
  private static final int ENGINEERS = 1_000;
  private static final int CALLERS = 64;
  private static final Duration WARM_UP = Duration.ofSeconds(Long.getLong("pairs.warm", 120));
  private static final Duration MEASURED = Duration.ofSeconds(20);
  private static final Money ONE_CENT =
      Money.newBuilder().setCurrencyCode("USD").setNanos(10_000_000).build();

  private PairCostBenchmark() {}

  public static void main(String[] args) {
    try (Suite suite =
        Suite.start(SuiteOptions.temporary().with(StartCache.FOR_LOAD), SuiteListener.SILENT)) {
      Staff staff = Staff.hire(suite, ENGINEERS);
      suite.kill9(SuiteService.USAGE);
      suite.kill9(SuiteService.COMP);
      EnforcementServiceBlockingStub budget =
          EnforcementServiceGrpc.newBlockingStub(suite.channel(SuiteService.BUDGET))
              .withCallCredentials(suite.tokens().as("bench-gateway", Role.GATEWAY));
      Supplier<String> anybody = () -> staff.id(ThreadLocalRandom.current().nextInt(staff.size()));
      UnaryPairs unary = new UnaryPairs(budget, ONE_CENT, anybody);
      StreamPairs stream = new StreamPairs(budget, ONE_CENT);
      ProcessorTime processors =
          new ProcessorTime(suite.database(SuiteService.BUDGET), suite.pid(SuiteService.BUDGET));

      stream.pairsPerSecond(WARM_UP, anybody);
      show("in batches", processors, () -> stream.pairsPerSecond(MEASURED, anybody));
      Load.closed(CALLERS, WARM_UP, _ -> unary.pair());
      show("as calls", processors, () -> Load.closed(CALLERS, MEASURED, _ -> unary.pair()));
    }
  }

  private static void show(String how, ProcessorTime processors, DoubleSupplier load) {
    double[] rate = new double[1];
    SortedMap<String, Duration> cost = processors.of(() -> rate[0] = load.getAsDouble());
    double pairs = rate[0] * MEASURED.toSeconds();
    System.out.printf(
        "Reserve and Settle %s: %.0f pairs/s; µs of processor a pair:%n", how, rate[0]);
    cost.forEach(
        (kind, time) -> System.out.printf("  %-40s %6.1f%n", kind, time.toNanos() / 1e3 / pairs));
  }
}
