package dev.fourthpillar.benchmarks.suite;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.benchmarks.Rounds;
import dev.fourthpillar.cli.suite.StartCache;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.events.v1.ChargeBooked;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc;
import dev.fourthpillar.events.v1.Start;
import dev.fourthpillar.events.v1.SubscribeRequest;
import dev.fourthpillar.usage.v1.RecordedUsage;
import io.grpc.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * From the moment at which a usage object is handed to usage-service to the charge of it in the
 * hands of a subscriber of budget-service: intake, settlement, the feed between the services,
 * booking, and the feed to the subscriber. Beside it, in the same run, how long the answer to the
 * first call takes.
 */
final class UsageToBalanceBenchmark {
  private static final int ENGINEERS = 1_000;
  private static final int OBJECTS_A_CALL = 10;
  private static final int OPUS_5 = 5;
  private static final int ROUNDS = 5;
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration ROUND = Duration.ofSeconds(8);
  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);

  private final Suite suite;
  private final Staff staff;
  private final UsageObjects usage;

  /** When the objects were sent that are not charged yet, in order: all cost the same. */
  private final Map<String, Deque<Long>> sent = new ConcurrentHashMap<>();

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong nanosOfOne = new AtomicLong();
  private final AtomicInteger next = new AtomicInteger();
  private final Recorder charged = new Recorder(3);

  private UsageToBalanceBenchmark(Suite suite, Staff staff) {
    this.suite = suite;
    this.staff = staff;
    this.usage = new UsageObjects(suite);
  }

  public static void main(String[] args) throws InterruptedException {
    try (Suite suite =
        Suite.start(SuiteOptions.temporary().with(StartCache.FOR_LOAD), SuiteListener.SILENT)) {
      new UsageToBalanceBenchmark(suite, Staff.hire(suite, ENGINEERS)).run();
    }
  }

  private void run() throws InterruptedException {
    // One server has all three databases.
    WriteAheadLog.prepare(suite.database(SuiteService.USAGE));
    Context.CancellableContext subscription = Context.current().withCancellation();
    CountDownLatch caughtUp = new CountDownLatch(1);
    Thread.ofPlatform().daemon().start(() -> subscription.run(() -> subscribe(caughtUp)));
    if (!caughtUp.await(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the subscription did not begin");
    }
    send(1);
    awaitSettled();
    load(200, WARM_UP);
    load(1_000, WARM_UP);
    for (int perSecond : new int[] {100, 1_000}) {
      Rounds p50 = new Rounds(ROUNDS);
      Rounds p99 = new Rounds(ROUNDS);
      Rounds answer = new Rounds(ROUNDS);
      for (int i = 0; i < ROUNDS; i++) {
        charged.reset();
        answer.add(load(perSecond, ROUND).getValueAtPercentile(50) / 1e6);
        Histogram latencies = charged.getIntervalHistogram();
        p50.add(latencies.getValueAtPercentile(50) / 1e6);
        p99.add(latencies.getValueAtPercentile(99) / 1e6);
      }
      System.out.printf(
          "%,d objects/s, %d a call, %,d engineers, medians of %d rounds%n",
          perSecond, OBJECTS_A_CALL, ENGINEERS, ROUNDS);
      System.out.printf("  usage to answer, p50    %s ms%n", answer.show("%.1f"));
      System.out.printf("  usage to charge, p50    %s ms%n", p50.show("%.1f"));
      System.out.printf(
          "  usage to charge, p99    %s ms (target at 1,000/s: at most 300)%n", p99.show("%.1f"));
    }
    subscription.cancel(null);
  }

  private Histogram load(int perSecond, Duration length) throws InterruptedException {
    Histogram answers =
        Load.open((double) perSecond / OBJECTS_A_CALL, length, _ -> send(OBJECTS_A_CALL));
    awaitSettled();
    return answers;
  }

  private void send(int objects) {
    List<RecordedUsage> call = new ArrayList<>(objects);
    long now = System.nanoTime();
    for (int i = 0; i < objects; i++) {
      String engineer = staff.id(next.getAndIncrement());
      call.add(UsageObjects.of(engineer, OPUS_5, Instant.now()));
      Deque<Long> times = sent.computeIfAbsent(engineer, _ -> new ArrayDeque<>());
      synchronized (times) {
        times.addLast(now);
      }
      open.incrementAndGet();
    }
    usage.record(call);
  }

  private void awaitSettled() throws InterruptedException {
    long end = System.nanoTime() + SETTLED_WITHIN.toNanos();
    while (open.get() > 0) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(open.get() + " objects were not charged");
      }
      Thread.sleep(1);
    }
  }

  private void subscribe(CountDownLatch caughtUp) {
    EventFeedServiceGrpc.newBlockingStub(suite.channel(SuiteService.BUDGET))
        .withCallCredentials(suite.tokens().as("bench-warehouse", Role.SUBSCRIBER, Role.FINANCE))
        .subscribe(
            SubscribeRequest.newBuilder()
                .setStart(Start.START_HEAD)
                .addTypes(ChargeBooked.getDescriptor().getFullName())
                .build())
        .forEachRemaining(
            response -> {
              long now = System.nanoTime();
              response.getBatchesList().forEach(b -> b.getEventsList().forEach(e -> book(e, now)));
              if (response.hasCheckpoint()) {
                caughtUp.countDown();
              }
            });
  }

  private void book(Event event, long now) {
    ChargeBooked charge = parse(event);
    long nanos = nanos(charge);
    // The very first is one object alone: what it costs, all cost.
    nanosOfOne.compareAndSet(0, nanos);
    long objects = Math.divideExact(nanos, nanosOfOne.get());
    if (objects * nanosOfOne.get() != nanos) {
      throw new IllegalStateException("not a multiple of one object: " + charge);
    }
    Deque<Long> times = sent.get(charge.getEngineer());
    synchronized (times) {
      for (long i = 0; i < objects; i++) {
        charged.recordValue(now - times.removeFirst());
        open.decrementAndGet();
      }
    }
  }

  private static long nanos(ChargeBooked charge) {
    return Math.addExact(
        Math.multiplyExact(charge.getListAmount().getUnits(), 1_000_000_000L),
        charge.getListAmount().getNanos());
  }

  private static ChargeBooked parse(Event event) {
    try {
      return event.getData().unpack(ChargeBooked.class);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
