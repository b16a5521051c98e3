package dev.fourthpillar.backbone.feed.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.feed.TestFeed;
import dev.fourthpillar.backbone.feed.subscribe.TestFeedServer;
import dev.fourthpillar.events.v1.Cursor;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc;
import dev.fourthpillar.events.v1.SubscribeRequest;
import dev.fourthpillar.events.v1.SubscribeResponse;
import dev.fourthpillar.testkit.Dose;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.opentelemetry.api.trace.TracerProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Effects happen once over real gRPC, whatever fails on the way. */
@PostgresTest(migrations = "classpath:db/feed")
final class FeedConsumerTest {
  private static final int PARTITIONS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final CallCredentials NO_CREDENTIALS =
      new CallCredentials() {
        @Override
        public void applyRequestMetadata(
            RequestInfo info, Executor executor, MetadataApplier applier) {
          applier.apply(new Metadata());
        }
      };

  @Test
  void replicasThatFailAndComeAndGoApplyEveryEventOnceAndInOrder(TestDatabase shared)
      throws Exception {
    int events = Dose.of(2_000, 20_000);
    Random random = new Random(Dose.seed());
    TestDatabase owner = shared.another();
    TestDatabase consuming = shared.another();
    Jdbi jdbi = TestFeed.in(consuming.dataSource(), 1).jdbi();
    jdbi.useHandle(FeedConsumerTest::createProjection);
    try (TestFeedServer feed = new TestFeedServer(owner.dataSource(), PARTITIONS)) {
      AtomicInteger calls = new AtomicInteger();
      EventHandler stumbling =
          (handle, delivered) -> {
            project(handle, delivered);
            if (calls.incrementAndGet() % 7 == 0) {
              throw new IllegalStateException("stumbles after the work, before the commit");
            }
          };
      List<FeedConsumer> replicas = new ArrayList<>();
      replicas.add(consumer(jdbi, feed, "a", stumbling));
      replicas.add(consumer(jdbi, feed, "b", stumbling));
      int[] versions = new int[20];
      for (int written = 0; written < events; written += 10) {
        List<NewEvent> change = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          int key = random.nextInt(versions.length);
          change.add(TestFeed.counted("key-" + key, ++versions[key]));
        }
        feed.jdbi().useTransaction(h -> feed.writer().append(h, change));
        if (written == events / 2) {
          replicas.removeFirst().close();
          replicas.add(consumer(jdbi, feed, "c", stumbling));
        }
      }
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(projected(jdbi)).isEqualTo(events));
      replicas.forEach(FeedConsumer::close);

      Map<String, Integer> projection =
          jdbi.withHandle(
              h ->
                  h.createQuery("select key, version from projection")
                      .reduceRows(
                          new java.util.HashMap<>(),
                          (map, row) -> {
                            map.put(
                                row.getColumn("key", String.class),
                                row.getColumn("version", Integer.class));
                            return map;
                          }));
      for (int key = 0; key < versions.length; key++) {
        assertThat(projection).containsEntry("key-" + key, versions[key]);
      }
      assertThat(calls.get()).isGreaterThan(7);
    }
  }

  @Test
  void whoIsStartedAgainGoesOnAtOnceAndItsZombieCommitsNothing(TestDatabase shared)
      throws Exception {
    TestDatabase consuming = shared.another();
    Jdbi jdbi = TestFeed.in(consuming.dataSource(), 1).jdbi();
    jdbi.useHandle(FeedConsumerTest::createProjection);
    CountDownLatch frozen = new CountDownLatch(1);
    CountDownLatch thaw = new CountDownLatch(1);
    AtomicInteger zombieAttempts = new AtomicInteger();
    // It stands still where a pause of the whole process hurts most: after it has read its leases
    // and
    // its cursors, before its first transaction begins.
    EventHandler once =
        new EventHandler() {
          @Override
          public void apply(Handle handle, List<Event> events) {
            project(handle, events);
          }

          @Override
          public int atOnce() {
            if (zombieAttempts.incrementAndGet() == 1) {
              frozen.countDown();
              awaitQuietly(thaw);
            }
            return EventHandler.super.atOnce();
          }
        };
    try (TestFeedServer feed = new TestFeedServer(shared.another().dataSource(), PARTITIONS)) {
      write(feed, 1);
      FeedConsumer zombie = consumer(jdbi, feed, "a", once);
      assertThat(frozen.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

      FeedConsumer later = consumer(jdbi, feed, "a", FeedConsumerTest::project);
      Awaitility.await()
          .atMost(FeedConsumer.LEASE_TTL.dividedBy(2))
          .untilAsserted(() -> assertThat(projected(jdbi)).isEqualTo(20));
      thaw.countDown();
      Awaitility.await().atMost(PATIENCE).until(() -> zombie.failures() == 1);
      write(feed, 2);
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(projected(jdbi)).isEqualTo(40));

      assertThat(zombie.applied()).isZero();
      assertThat(later.applied()).isEqualTo(40);
      assertThat(later.failures()).isZero();
      zombie.close();
      later.close();
    }
  }

  /** One event of each of twenty keys. */
  private static void write(TestFeedServer feed, int version) {
    List<NewEvent> events = new ArrayList<>();
    for (int key = 0; key < 20; key++) {
      events.add(TestFeed.counted("key-" + key, version));
    }
    feed.jdbi().useTransaction(h -> feed.writer().append(h, events));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aSubscriptionSaysWhenItHasCaughtUpAndAfterEachIntervalOfSilence(TestDatabase shared)
      throws Exception {
    try (TestFeedServer feed = new TestFeedServer(shared.another().dataSource(), PARTITIONS)) {
      feed.jdbi()
          .useTransaction(
              h -> feed.writer().append(h, TestFeed.counted("a", 1), TestFeed.counted("b", 1)));
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> feed.jdbi().withHandle(TestFeed::log).size() == 2);
      Iterator<SubscribeResponse> responses =
          EventFeedServiceGrpc.newBlockingStub(feed.channel())
              .subscribe(
                  SubscribeRequest.newBuilder()
                      .setCheckpointInterval(
                          com.google.protobuf.Duration.newBuilder().setSeconds(1))
                      .build());
      List<Event> events = new ArrayList<>();
      List<SubscribeResponse> checkpoints = new ArrayList<>();
      while (checkpoints.size() < 2) {
        SubscribeResponse response = responses.next();
        response.getBatchesList().forEach(b -> events.addAll(b.getEventsList()));
        if (response.hasCheckpoint()) {
          checkpoints.add(response);
        }
      }

      assertThat(events).extracting(Event::getKey).containsExactlyInAnyOrder("a", "b");
      assertThat(checkpoints.getFirst().getCheckpoint().getCursorsList())
          .hasSize(PARTITIONS)
          .extracting(Cursor::getPosition)
          .satisfies(p -> assertThat(p.stream().mapToLong(Long::longValue).sum()).isEqualTo(2));
      assertThat(checkpoints.getLast().getCheckpoint().hasCompleteUntil()).isTrue();
    }
  }

  private static FeedConsumer consumer(
      Jdbi jdbi, TestFeedServer feed, String replica, EventHandler handler) {
    return new FeedConsumer(
            new ConsumerId("test", "projection"),
            jdbi,
            new GrpcFeedSource(feed.channel(), NO_CREDENTIALS),
            Set.of(),
            replica,
            handler,
            TracerProvider.noop().get("test"))
        .start();
  }

  private static void createProjection(Handle handle) {
    handle.execute("create table projection (key text primary key, version bigint not null)");
    handle.execute("create table seen (event_id text not null)");
  }

  private static void project(Handle handle, List<Event> events) {
    for (Event event : events) {
      handle.execute("insert into seen values (?)", event.getId());
      int followed =
          handle.execute(
              """
              insert into projection as p values (?, 1)
              on conflict (key) do update set version = p.version + 1 where p.version + 1 = ?
              """,
              event.getKey(),
              event.getVersion());
      assertThat(followed).as("%s@%d follows", event.getKey(), event.getVersion()).isEqualTo(1);
    }
  }

  private static int projected(Jdbi jdbi) {
    return jdbi.withHandle(h -> h.createQuery("select count(*) from seen").mapTo(int.class).one());
  }
}
