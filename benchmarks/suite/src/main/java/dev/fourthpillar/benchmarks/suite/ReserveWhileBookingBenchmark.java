package dev.fourthpillar.benchmarks.suite;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.benchmarks.Rounds;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.cli.suite.StartCache;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.events.v1.SettlementCause;
import dev.fourthpillar.events.v1.UsageLine;
import dev.fourthpillar.events.v1.UsageSettled;
import dev.fourthpillar.type.v1.PayerKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jdbi.v3.core.Jdbi;

/**
 * Reserve while usage of 10,000 records a second is booked on the same accounts, and while nothing
 * is. The records are not taken in: their UsageSettled events are written into the feed of
 * usage-service as its settler does, one for each engineer and tick, with one line for all records
 * of a minute and model. So intake takes no processor from what is measured, and the feed, the
 * booking and all events about it do.
 */
final class ReserveWhileBookingBenchmark {
  private static final int ENGINEERS = 1_000;
  private static final int RECORDS_A_SECOND = Integer.getInteger("booking.records", 10_000);

  /** What usage-service's tick interval may be at most. */
  private static final Duration TICK = Duration.ofMillis(100);

  private static final int EVENTS_AT_ONCE = 500;
  private static final double RESERVES_A_SECOND = Integer.getInteger("booking.reserves", 200);
  private static final int ROUNDS = 3;
  private static final Duration WARM_UP = Duration.ofSeconds(Long.getLong("booking.warm", 60));
  private static final Duration ROUND = Duration.ofSeconds(Long.getLong("booking.round", 15));
  private static final long NANOS_A_RECORD = 1_000_000;
  private static final Money ONE_CENT =
      Money.newBuilder().setCurrencyCode("USD").setNanos(10_000_000).build();

  private final Suite suite;
  private final Staff staff;
  private final UnaryPairs pairs;
  private final Jdbi usage;
  private final Jdbi budget;
  private final FeedWriter feed =
      new FeedWriter(UuidCreator::getTimeOrderedEpoch, () -> "", () -> {});
  private final Map<String, Long> last = new HashMap<>();
  private long records;

  private ReserveWhileBookingBenchmark(Suite suite, Staff staff) {
    this.suite = suite;
    this.staff = staff;
    this.usage = Jdbi.create(suite.database(SuiteService.USAGE).dataSource());
    this.budget = Jdbi.create(suite.database(SuiteService.BUDGET).dataSource());
    this.pairs =
        new UnaryPairs(
            EnforcementServiceGrpc.newBlockingStub(suite.channel(SuiteService.BUDGET))
                .withCallCredentials(suite.tokens().as("bench-gateway", Role.GATEWAY)),
            ONE_CENT,
            () -> staff.id(ThreadLocalRandom.current().nextInt(staff.size())));
  }

  public static void main(String[] args) throws InterruptedException {
    try (Suite suite =
        Suite.start(SuiteOptions.temporary().with(StartCache.FOR_LOAD), SuiteListener.SILENT)) {
      new ReserveWhileBookingBenchmark(suite, Staff.hire(suite, ENGINEERS)).run();
    }
  }

  private void run() throws InterruptedException {
    suite.kill9(SuiteService.COMP);
    WriteAheadLog.prepare(suite.database(SuiteService.BUDGET));
    Load.open(RESERVES_A_SECOND, WARM_UP, _ -> pairs.pair());
    Rounds alone = new Rounds(ROUNDS);
    Rounds booking = new Rounds(ROUNDS);
    Rounds booked = new Rounds(ROUNDS);
    for (int i = 0; i < ROUNDS; i++) {
      alone.add(reserveP99());
      long before = records;
      long linesBefore = lines();
      long begin = System.nanoTime();
      try (ScheduledExecutorService settler = Executors.newSingleThreadScheduledExecutor()) {
        var ticks =
            settler.scheduleAtFixedRate(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
        booking.add(reserveP99());
        if (!ticks.cancel(false)) {
          throw new IllegalStateException("nothing more was told", ticks.exceptionNow());
        }
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.printf(
          "  round %d: %.0f records/s told, %.0f lines/s booked meanwhile%n",
          i + 1, (records - before) / seconds, (lines() - linesBefore) / seconds);
      booked.add(awaitBooked(begin));
    }
    System.out.printf(
        "Reserve at %.0f a second, %,d accounts, medians of %d rounds%n",
        RESERVES_A_SECOND, ENGINEERS, ROUNDS);
    System.out.printf("  p99 alone                       %s ms%n", alone.show("%.1f"));
    System.out.printf(
        "  p99 while %,d records/s are booked %s ms (target: at most 20)%n",
        RECORDS_A_SECOND, booking.show("%.1f"));
    System.out.printf("  all of a round booked after %s s%n", booked.show("%.1f"));
  }

  private double reserveP99() {
    pairs.latencies();
    Load.open(RESERVES_A_SECOND, ROUND, _ -> pairs.pair());
    Histogram reserves = pairs.latencies();
    return reserves.getValueAtPercentile(99) / 1e6;
  }

  /** The records of one tick, of anybody, as the events that tell of them. */
  private void tick() {
    Map<String, Integer> byEngineer = new HashMap<>();
    int count = (int) (RECORDS_A_SECOND * TICK.toMillis() / 1_000);
    for (int i = 0; i < count; i++) {
      byEngineer.merge(
          staff.id(ThreadLocalRandom.current().nextInt(staff.size())), 1, Integer::sum);
    }
    List<NewEvent> events = new ArrayList<>();
    byEngineer.forEach((engineer, some) -> events.add(settled(engineer, some)));
    for (int from = 0; from < events.size(); from += EVENTS_AT_ONCE) {
      List<NewEvent> some = events.subList(from, Math.min(events.size(), from + EVENTS_AT_ONCE));
      usage.useTransaction(handle -> feed.append(handle, some));
    }
    records += count;
  }

  private NewEvent settled(String engineer, int some) {
    long number = last.merge(engineer, 1L, Long::sum);
    Money amount =
        Money.newBuilder().setCurrencyCode("USD").setNanos((int) (some * NANOS_A_RECORD)).build();
    return NewEvent.of(
        engineer,
        number,
        UsageSettled.newBuilder()
            .setEngineer(engineer)
            .setFirst(number)
            .setLast(number)
            .addLines(
                UsageLine.newBuilder()
                    .setNumber(number)
                    .setCause(SettlementCause.SETTLEMENT_CAUSE_USAGE)
                    .setUsageMinute(
                        TimestampMapper.toProto(Instant.now().truncatedTo(ChronoUnit.MINUTES)))
                    .setProvider("anthropic")
                    .setModel("claude-sonnet-5")
                    .setTool("bench")
                    .setListAmount(amount)
                    .setEmployerAmount(amount)
                    .setPayerKind(PayerKind.PAYER_KIND_OWN))
            .build());
  }

  /** Lines that are booked. */
  private long lines() {
    return budget.withHandle(
        handle ->
            handle
                .createQuery("select coalesce(sum(last), 0) from usage_applied")
                .mapTo(Long.class)
                .one());
  }

  /** Seconds since then, once all that was told is booked. */
  private double awaitBooked(long begin) throws InterruptedException {
    long told = last.values().stream().mapToLong(Long::longValue).sum();
    while (lines() < told) {
      Thread.sleep(50);
    }
    return (System.nanoTime() - begin) / 1e9;
  }
}
