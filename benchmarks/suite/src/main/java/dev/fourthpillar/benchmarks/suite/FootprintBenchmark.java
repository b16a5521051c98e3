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
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Memory and processor time of each service: with nothing to do, at a steady load of each, at all
 * that this machine gives it, and at the steady loads of all three at once. From the last of these
 * come the requests and limits of the charts. All three run throughout, with 512 MiB of heap and
 * the serial collector, and listen to each other as in a cluster; client and PostgreSQL share the
 * machine. A smaller run: {@code JAVA_OPTS="-Dfootprint.engineers=20 -Dfootprint.seconds=2
 * -Dfootprint.warm=2"}.
 */
final class FootprintBenchmark {
  private static final int ENGINEERS = Integer.getInteger("footprint.engineers", 1_000);
  private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("footprint.seconds", 60));
  private static final Duration WARM_UP = Duration.ofSeconds(Long.getLong("footprint.warm", 60));

  private static final int CALLERS = 64;
  private static final int USAGE_CALLERS = 4;
  private static final int PAIRS_A_SECOND = 500;
  private static final int USAGE_CALLS_A_SECOND = 10;
  private static final int OBJECTS_A_CALL = 100;
  private static final int STATEMENTS_A_SECOND = 100;

  /** Requests are whole steps of these; a limit is a tenth above what was ever taken. */
  private static final int MEMORY_STEP = 64;

  private static final int CPU_STEP = 50;
  private static final double HEADROOM = 1.1;

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
      show(suite, "nothing known, nothing to do", () -> sleep(LENGTH));
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
    Load.Step pair = _ -> pairs.pair();
    Load.Step record = _ -> usage.record(objects());
    Load.Step statement = statements();
    Runnable steadyPairs = () -> Load.open(PAIRS_A_SECOND, LENGTH, pair);
    Runnable steadyUsage = () -> Load.open(USAGE_CALLS_A_SECOND, LENGTH, record);
    Runnable steadyStatements = () -> Load.open(STATEMENTS_A_SECOND, LENGTH, statement);

    Load.closed(CALLERS, WARM_UP, pair);
    show(suite, PAIRS_A_SECOND + " reservations and settlements a second", steadyPairs);
    show(
        suite,
        "reservations and settlements, as many as %d callers get".formatted(CALLERS),
        () -> Load.closed(CALLERS, LENGTH, pair));

    Load.closed(USAGE_CALLERS, WARM_UP, record);
    show(
        suite,
        "%,d objects of usage a second".formatted(USAGE_CALLS_A_SECOND * OBJECTS_A_CALL),
        steadyUsage);
    show(
        suite,
        "objects of usage, as many as %d callers get".formatted(USAGE_CALLERS),
        () -> Load.closed(USAGE_CALLERS, LENGTH, record));

    Load.closed(CALLERS, WARM_UP, statement);
    show(suite, STATEMENTS_A_SECOND + " statements a second", steadyStatements);
    show(
        suite,
        "statements, as many as %d callers get".formatted(CALLERS),
        () -> Load.closed(CALLERS, LENGTH, statement));

    List<Runnable> steady = List.of(steadyPairs, steadyUsage, steadyStatements);
    Map<SuiteService, Footprint> together =
        show(
            suite,
            "the three steady loads at once",
            () -> Load.onThreads(steady.size(), number -> steady.get(number).run()));
    show(suite, "nothing to do any more", () -> sleep(LENGTH));
    together.forEach(FootprintBenchmark::compare);
  }

  private static Map<SuiteService, Footprint> show(Suite suite, String load, Runnable work) {
    Map<SuiteService, Footprint> all = Footprint.during(suite, work);
    System.out.println(load);
    all.forEach(
        (service, taken) ->
            System.out.printf(
                "  %-16s %6.0f MiB resident, %6.0f at most so far, %5.2f cores%n",
                service.id(), taken.mebibytes(), taken.peakMebibytes(), taken.cores()));
    return all;
  }

  /** With what the chart gives. */
  private static void compare(SuiteService service, Footprint taken) {
    ChartValues chart = ChartValues.of(service);
    System.out.printf(
        "%-16s asks for cpu %dm, memory %dMi; helm/%s/values.yaml gives %dm, %dMi%n",
        service.id(),
        steps(taken.cores() * 1000, CPU_STEP),
        steps(taken.peakMebibytes() * HEADROOM, MEMORY_STEP),
        service.shortName(),
        chart.cpuMillis(),
        chart.memoryMebibytes());
  }

  private static int steps(double figure, int step) {
    return (int) Math.ceil(figure / step) * step;
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
