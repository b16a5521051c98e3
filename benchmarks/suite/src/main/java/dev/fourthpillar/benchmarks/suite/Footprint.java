package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteService;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the process of a service took while some work was done.
 *
 * @param mebibytes resident when it was over
 * @param peakMebibytes the most that was ever resident, before as well
 * @param cores processors on average
 */
record Footprint(double mebibytes, double peakMebibytes, double cores) {

  /** Of each service of the suite. */
  static Map<SuiteService, Footprint> during(Suite suite, Runnable work) {
    Map<SuiteService, Duration> before = taken(suite);
    long begin = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - begin) / 1e9;
    Map<SuiteService, Footprint> all = new EnumMap<>(SuiteService.class);
    taken(suite)
        .forEach(
            (service, after) -> {
              ResidentMemory memory = new ResidentMemory(suite.pid(service));
              double cores = after.minus(before.get(service)).toNanos() / 1e9 / seconds;
              all.put(service, new Footprint(memory.mebibytes(), memory.peakMebibytes(), cores));
            });
    return all;
  }

  private static Map<SuiteService, Duration> taken(Suite suite) {
    Map<SuiteService, Duration> all = new EnumMap<>(SuiteService.class);
    for (SuiteService service : SuiteService.values()) {
      all.put(service, processorTime(suite.pid(service)));
    }
    return all;
  }

  private static Duration processorTime(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow(() -> new IllegalStateException("process " + pid + " has ended"));
  }
}
