package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.benchmarks.Rounds;
import dev.fourthpillar.cli.suite.StartCache;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuiteService;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * From the start of a service's process to its readiness, one service at a time on a database that
 * has its tables: with Java's ahead-of-time cache beside the same without, in turn.
 */
final class StartBenchmark {
  private static final int ROUNDS = 7;

  private StartBenchmark() {}

  public static void main(String[] args) {
    prepare();
    try (Suite without = suite(StartCache.IGNORED);
        Suite with = suite(StartCache.USED)) {
      Map<SuiteService, Rounds> plain = rounds();
      Map<SuiteService, Rounds> cached = rounds();
      for (int i = 0; i < ROUNDS; i++) {
        for (SuiteService service : SuiteService.values()) {
          plain.get(service).add(seconds(restart(without, service)));
          cached.get(service).add(seconds(restart(with, service)));
        }
      }
      System.out.printf("process to ready, seconds, medians of %d rounds%n", ROUNDS);
      for (SuiteService service : SuiteService.values()) {
        System.out.printf(
            "  %-16s without the cache %s   with it %s (targets: 4, 2.5)%n",
            service.id(), plain.get(service).show("%.2f"), cached.get(service).show("%.2f"));
      }
    }
  }

  private static void prepare() {
    Suite.start(SuiteOptions.temporary().with(StartCache.WRITTEN), SuiteListener.SILENT).close();
  }

  private static Suite suite(StartCache cache) {
    return Suite.start(SuiteOptions.temporary().with(cache), SuiteListener.SILENT);
  }

  private static Map<SuiteService, Rounds> rounds() {
    Map<SuiteService, Rounds> all = new EnumMap<>(SuiteService.class);
    for (SuiteService service : SuiteService.values()) {
      all.put(service, new Rounds(ROUNDS));
    }
    return all;
  }

  private static Duration restart(Suite suite, SuiteService service) {
    suite.kill9(service);
    suite.restart(service);
    return suite.readyAfter(service);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
