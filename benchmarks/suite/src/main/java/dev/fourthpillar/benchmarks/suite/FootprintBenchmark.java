package dev.fourthpillar.benchmarks.suite;

import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.cli.suite.StartCache;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc;
import dev.fourthpillar.comp.v1.GetStatementRequest;
import dev.fourthpillar.usage.v1.RecordedUsage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Memory and processor time of each service: with nothing to do, at a steady load of its own, and
 * at all that this machine gives it. From these come the requests and limits of the charts. All
 * three run throughout, with 512 MiB of heap and the serial collector, and listen to each other as
 * in a cluster; client and PostgreSQL share the machine. A smaller run: {@code
 * JAVA_OPTS="-Dfootprint.engineers=20 -Dfootprint.seconds=2 -Dfootprint.warm=2"}.
 */
final class FootprintBenchmark {
  private static final int ENGINEERS = Integer.getInteger("footprint.engineers", 1_000);
  private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("footprint.seconds", 60));
  private static final Duration WARM_UP = Duration.ofSeconds(Long.getLong("footprint.warm", 60));

  private static final int CALLERS = 64;
  private static final int PAIRS_A_SECOND = 500;
  private static final int USAGE_CALLS_A_SECOND = 10;
  private static final int OBJECTS_A_CALL = 100;
  private static final int STATEMENTS_A_SECOND = 100;

  private static final Money ONE_CENT =
      Money.newBuilder().setCurrencyCode("USD").setNanos(10_000_000).build();

  private final Suite suite;
  private final Staff staff;
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  private FootprintBenchmark(Suite suite, Staff staff) {
    this.suite = suite;
    this.staff = staff;
  }

  public static void main(String[] args) {
    try (Suite suite =
        Suite.start(SuiteOptions.temporary().with(StartCache.FOR_LOAD), SuiteListener.SILENT)) {
      System.out.printf(
          "%-16s %-46s %8s %8s %7s%n", "service", "load", "RSS MiB", "peak MiB", "cores");
      for (SuiteService service : SuiteService.values()) {
        show(suite, service, "nothing known, nothing to do", () -> sleep(LENGTH));
      }
      new FootprintBenchmark(suite, Staff.hire(suite, ENGINEERS)).run();
    }
  }

  private void run() {
    UnaryPairs pairs =
        new UnaryPairs(
            EnforcementServiceGrpc.newBlockingStub(suite.channel(SuiteService.BUDGET))
                .withCallCredentials(suite.tokens().as("bench-gateway", Role.GATEWAY)),
            ONE_CENT,
            this::anybody);
    UsageObjects usage = new UsageObjects(suite);
    Load.Step statement = statements();

    Load.closed(CALLERS, WARM_UP, _ -> pairs.pair());
    show(
        suite,
        SuiteService.BUDGET,
        "%d reservations and settlements a second".formatted(PAIRS_A_SECOND),
        () -> Load.open(PAIRS_A_SECOND, LENGTH, _ -> pairs.pair()));
    show(
        suite,
        SuiteService.BUDGET,
        "as many as %d callers get".formatted(CALLERS),
        () -> Load.closed(CALLERS, LENGTH, _ -> pairs.pair()));

    Load.closed(CALLERS, WARM_UP, _ -> usage.record(objects()));
    show(
        suite,
        SuiteService.USAGE,
        "%,d objects of usage a second".formatted(USAGE_CALLS_A_SECOND * OBJECTS_A_CALL),
        () -> Load.open(USAGE_CALLS_A_SECOND, LENGTH, _ -> usage.record(objects())));
    show(
        suite,
        SuiteService.USAGE,
        "as many as 4 callers get",
        () -> Load.closed(4, LENGTH, _ -> usage.record(objects())));

    Load.closed(CALLERS, WARM_UP, statement);
    show(
        suite,
        SuiteService.COMP,
        "%d statements a second".formatted(STATEMENTS_A_SECOND),
        () -> Load.open(STATEMENTS_A_SECOND, LENGTH, statement));
    show(
        suite,
        SuiteService.COMP,
        "as many as %d callers get".formatted(CALLERS),
        () -> Load.closed(CALLERS, LENGTH, statement));

    for (SuiteService service : SuiteService.values()) {
      show(suite, service, "nothing to do any more", () -> sleep(LENGTH));
    }
  }

  private static void show(Suite suite, SuiteService service, String load, Runnable work) {
    long pid = suite.pid(service);
    Duration before = processorTime(pid);
    long begin = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - begin) / 1e9;
    double cores = processorTime(pid).minus(before).toNanos() / 1e9 / seconds;
    ResidentMemory memory = new ResidentMemory(pid);
    System.out.printf(
        "%-16s %-46s %8.0f %8.0f %7.2f%n",
        service.id(), load, memory.mebibytes(), memory.peakMebibytes(), cores);
  }

  private static Duration processorTime(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow(() -> new IllegalStateException("process " + pid + " has ended"));
  }

  private Load.Step statements() {
    var comp =
        CompensationServiceGrpc.newBlockingStub(suite.channel(SuiteService.COMP))
            .withCallCredentials(suite.tokens().as("bench-finance", Role.FINANCE));
    return _ -> {
      var _ =
          comp.getStatement(
              GetStatementRequest.newBuilder()
                  .setEngineer(anybody())
                  .setAsOfDate(DateMapper.toProto(today))
                  .build());
    };
  }

  private List<RecordedUsage> objects() {
    List<RecordedUsage> objects = new ArrayList<>(OBJECTS_A_CALL);
    for (int i = 0; i < OBJECTS_A_CALL; i++) {
      objects.add(
          UsageObjects.of(anybody(), ThreadLocalRandom.current().nextInt(20), Instant.now()));
    }
    return objects;
  }

  private String anybody() {
    return staff.id(ThreadLocalRandom.current().nextInt(staff.size()));
  }

  private static void sleep(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
