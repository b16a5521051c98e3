package dev.fourthpillar.benchmarks;

import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc;
import dev.fourthpillar.events.v1.Start;
import dev.fourthpillar.events.v1.SubscribeRequest;
import dev.fourthpillar.events.v1.SubscribeResponse;
import dev.fourthpillar.sample.v1.PocketFilled;
import io.grpc.Context;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jdbi.v3.core.Jdbi;

/**
 * From the return of the commit to the event in the hands of a subscriber, over real gRPC, on a
 * PostgreSQL with fsync on. Beside it, in the same run, how long a commit itself takes.
 */
final class FeedLatencyBenchmark {
  private static final int KEYS = 1_000;
  private static final int WRITERS = 4;
  private static final int ROUNDS = 5;
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration ROUND = Duration.ofSeconds(8);

  private final Jdbi jdbi;
  private final FeedWriter writer;

  /** Key and version → when its commit had returned; empty until then. */
  private final Map<String, Long> committed = new ConcurrentHashMap<>();

  private final Recorder delivery = new Recorder(3);
  private final Recorder commit = new Recorder(3);
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicLong delivered = new AtomicLong();

  private FeedLatencyBenchmark(SampleInstance sample) {
    this.jdbi = sample.bean(Jdbi.class);
    this.writer = sample.bean(FeedWriter.class);
  }

  public static void main(String[] args) throws Exception {
    try (SampleInstance sample = SampleInstance.start()) {
      new FeedLatencyBenchmark(sample).run(sample);
    }
  }

  private void run(SampleInstance sample) throws InterruptedException {
    Context.CancellableContext subscription = Context.current().withCancellation();
    CountDownLatch caughtUp = new CountDownLatch(1);
    Thread.ofPlatform().daemon().start(() -> subscription.run(() -> receive(sample, caughtUp)));
    if (!caughtUp.await(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the subscription did not begin");
    }
    load(1_000, WARM_UP);
    for (int perSecond : new int[] {100, 1_000}) {
      Rounds p50 = new Rounds(ROUNDS);
      Rounds p99 = new Rounds(ROUNDS);
      Rounds commitP50 = new Rounds(ROUNDS);
      for (int i = 0; i < ROUNDS; i++) {
        delivery.reset();
        commit.reset();
        load(perSecond, ROUND);
        Histogram latencies = delivery.getIntervalHistogram();
        p50.add(latencies.getValueAtPercentile(50) / 1e6);
        p99.add(latencies.getValueAtPercentile(99) / 1e6);
        commitP50.add(commit.getIntervalHistogram().getValueAtPercentile(50) / 1e6);
      }
      System.out.printf("%,d events/s, medians of %d rounds%n", perSecond, ROUNDS);
      System.out.printf("  commit itself, p50        %s ms%n", commitP50.show("%.2f"));
      System.out.printf(
          "  commit to delivery, p50   %s ms (target: at most 20)%n", p50.show("%.2f"));
      System.out.printf(
          "  commit to delivery, p99   %s ms (target: at most 100)%n", p99.show("%.2f"));
    }
    subscription.cancel(null);
  }

  private void receive(SampleInstance sample, CountDownLatch caughtUp) {
    Iterator<SubscribeResponse> responses =
        EventFeedServiceGrpc.newBlockingStub(sample.channel())
            .subscribe(SubscribeRequest.newBuilder().setStart(Start.START_HEAD).build());
    try {
      while (responses.hasNext()) {
        SubscribeResponse response = responses.next();
        long now = System.nanoTime();
        if (response.hasCheckpoint()) {
          caughtUp.countDown();
        }
        response.getBatchesList().forEach(b -> b.getEventsList().forEach(e -> arrived(e, now)));
      }
    } catch (StatusRuntimeException e) {
      // The end of the run cancels it.
      if (e.getStatus().getCode() != Code.CANCELLED) {
        throw e;
      }
    }
  }

  private void arrived(Event event, long now) {
    // The subscriber can be faster than the writer's own return from its commit: that counts as 0.
    Long at = committed.putIfAbsent(event.getKey(), now);
    delivery.recordValue(at == null ? 0 : Math.max(0, now - at));
    delivered.incrementAndGet();
  }

  private void load(int perSecond, Duration length) throws InterruptedException {
    committed.clear();
    delivered.set(0);
    AtomicLong written = new AtomicLong();
    Thread[] threads = new Thread[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
      threads[i] =
          Thread.ofPlatform()
              .start(
                  () ->
                      Pace.run(
                          (double) perSecond / WRITERS,
                          length,
                          due -> {
                            write();
                            written.incrementAndGet();
                          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (delivered.get() < written.get()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%d of %d events were delivered".formatted(delivered.get(), written.get()));
      }
      Thread.sleep(1);
    }
  }

  private void write() {
    long number = sequence.incrementAndGet();
    String key = "event-" + number;
    PocketFilled payload =
        PocketFilled.newBuilder().setEngineer("e-" + number % KEYS).setPocket("bench").build();
    long begin = System.nanoTime();
    jdbi.useTransaction(handle -> writer.append(handle, NewEvent.of(key, 1, payload)));
    long end = System.nanoTime();
    commit.recordValue(end - begin);
    committed.putIfAbsent(key, end);
  }
}
