package dev.fourthpillar.backbone.feed.subscribe;

import static dev.fourthpillar.backbone.feed.TestFeed.counted;
import static dev.fourthpillar.backbone.feed.TestFeed.names;
import static dev.fourthpillar.backbone.feed.TestFeed.noticed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.fourthpillar.access.v1.Role;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.backbone.feed.Audience;
import dev.fourthpillar.backbone.feed.Cursor;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.feed.StoredEvent;
import dev.fourthpillar.backbone.feed.TestFeed;
import dev.fourthpillar.backbone.feed.sequence.SteppedSequencer;
import dev.fourthpillar.test.v1.Noticed;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a subscription shows, passes, refuses, and how large it lets a delivery become. */
@PostgresTest(migrations = "classpath:db/feed")
final class SubscriptionTest {
  private static final int PARTITIONS = 4;
  private static final Viewer SERVICE =
      new Viewer("svc", Audience.of(Set.of(Role.ROLE_SERVICE)), Optional.empty(), Set.of());

  private TestFeed feed;

  @BeforeEach
  void freshFeed(TestDatabase database) {
    feed = TestFeed.in(database.another().dataSource(), PARTITIONS);
  }

  @Test
  void whatWasWrittenBeforeTheTailBeganIsReadFromTheDatabase() {
    for (int i = 1; i <= 30; i++) {
      feed.write(counted("key-" + i % 7, i));
    }
    sequence();

    List<StoredEvent> seen = drain(open(order(SERVICE)));

    assertThat(names(seen)).containsExactlyInAnyOrderElementsOf(names(feed.log()));
  }

  @Test
  void anEngineerSeesOwnEventsOnlyAndAllOthersAreCounted() {
    feed.write(
        counted("a", 1).about("ada"), counted("b", 1).about("bob"), noticed("c", "for services"));
    sequence();
    Viewer ada =
        new Viewer("ada", Audience.of(Set.of(Role.ROLE_ENGINEER)), Optional.of("ada"), Set.of());
    Subscription subscription = open(order(ada));

    List<StoredEvent> seen = new ArrayList<>();
    long skipped = 0;
    boolean atHead = false;
    while (!atHead) {
      Delivery delivery =
          switch (subscription.next()) {
            case Found.Send(Delivery found) -> found;
            case Found.Passed() -> new Delivery(List.of(), Optional.empty());
            case Found.AtHead head -> {
              atHead = true;
              yield subscription.checkpoint(head);
            }
            case Found.Broken(Failure why) -> throw why.asException();
          };
      for (Delivery.Batch batch : delivery.batches()) {
        seen.addAll(batch.events());
        skipped += batch.skipped();
      }
    }

    assertThat(names(seen)).containsExactly("a@1");
    assertThat(skipped).isEqualTo(2);
    assertThat(subscription.cursors())
        .extracting(Cursor::position)
        .satisfies(
            positions ->
                assertThat(positions.stream().mapToLong(Long::longValue).sum()).isEqualTo(3));
  }

  @Test
  void aTypeFilterShowsOnlyThatType() {
    feed.write(counted("a", 1), noticed("a", "n"));
    sequence();
    Viewer filtered =
        new Viewer(
            "svc", SERVICE.audience(), Optional.empty(), Set.of("fourthpillar.test.v1.Noticed"));

    assertThat(drain(open(order(filtered))))
        .extracting(StoredEvent::type)
        .containsExactly("fourthpillar.test.v1.Noticed");
  }

  @Test
  void aDeliveryStaysBelowItsLimitsWhateverTheEventsWeigh() {
    String heavy = "x".repeat(200 * 1024);
    for (int i = 0; i < 30; i++) {
      feed.write(
          NewEvent.of(
              "heavy",
              0,
              Noticed.newBuilder().setTextBytes(ByteString.copyFromUtf8(heavy)).build()));
    }
    feed.write(
        IntStream.rangeClosed(1, 2_500)
            .mapToObj(i -> counted("light", i))
            .toArray(NewEvent[]::new));
    sequence();
    Subscription subscription = open(order(SERVICE));

    int events = 0;
    while (subscription.next() instanceof Found.Send(Delivery delivery)) {
      int bytes = 0;
      int count = 0;
      for (Delivery.Batch batch : delivery.batches()) {
        bytes += batch.events().stream().mapToInt(StoredEvent::weightBytes).sum();
        count += batch.events().size();
      }
      assertThat(bytes).isLessThanOrEqualTo(Subscription.MAX_BYTES);
      assertThat(count).isBetween(1, Subscription.MAX_EVENTS);
      events += count;
    }
    assertThat(events).isEqualTo(2_530);
  }

  @Test
  void aPartitionOfHeavyEventsDoesNotStarveTheOthers() {
    String busy = TestFeed.keyIn(0, PARTITIONS);
    String quiet = TestFeed.keyIn(3, PARTITIONS);
    String heavy = "x".repeat(200 * 1024);
    // Four deliveries of nothing but the heavy ones.
    for (int i = 0; i < 40; i++) {
      feed.write(
          NewEvent.of(
              busy, 0, Noticed.newBuilder().setTextBytes(ByteString.copyFromUtf8(heavy)).build()));
    }
    feed.write(counted(quiet, 1));
    sequence();
    Subscription subscription = open(order(SERVICE));

    List<StoredEvent> firstTwo = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      if (subscription.next() instanceof Found.Send(Delivery delivery)) {
        delivery.batches().forEach(b -> firstTwo.addAll(b.events()));
      }
    }

    assertThat(names(firstTwo)).contains(quiet + "@1");
  }

  @Test
  void eventsThatRetentionDroppedOnTheWayAreNotTakenForSkippedOnes() {
    for (int i = 1; i <= 5; i++) {
      feed.write(counted("a", i));
    }
    sequence();
    Subscription subscription = open(order(SERVICE));
    feed.jdbi()
        .useTransaction(
            h -> {
              h.execute("delete from feed_log where position <= 3");
              h.execute(
                  """
                  update feed_head set floor_position = 3, floor_event_id = gen_random_uuid()
                  where position > 0
                  """);
            });

    assertThat(subscription.next())
        .isInstanceOfSatisfying(
            Found.Broken.class,
            broken -> assertThat(broken.why().reason()).isEqualTo(Reason.CURSOR_EXPIRED));
  }

  @Test
  void aDatabaseThatLostItsLastEventsBreaksTheSubscription() {
    feed.write(counted("a", 1), counted("a", 2));
    sequence();
    FeedTail tail = tail();
    Subscription subscription = new Subscriptions(feed.jdbi(), tail).open(order(SERVICE));
    // A standby that had not got the last event was promoted, under the same epoch.
    try (Handle handle = feed.jdbi().open()) {
      handle.execute("delete from feed_log where version = 2");
      handle.execute(
          """
          update feed_head h set position = l.position, event_id = l.event_id
          from feed_log l where l.partition = h.partition
          """);
      tail.refresh(handle);
    }

    assertThat(subscription.next())
        .isInstanceOfSatisfying(
            Found.Broken.class,
            broken -> assertThat(broken.why().reason()).isEqualTo(Reason.STORAGE_UNAVAILABLE));
  }

  @Test
  void whatMustBeUnderstoodPassesTheFilterOfTypes() {
    feed.write(
        new NewEvent("a", Optional.empty(), 0, Noticed.newBuilder().setText("n").build(), true),
        noticed("a", "may be skipped"));
    sequence();
    Viewer filtered =
        new Viewer("svc", SERVICE.audience(), Optional.empty(), Set.of("other.v1.Type"));

    assertThat(drain(open(order(filtered))))
        .extracting(StoredEvent::mustUnderstand)
        .containsExactly(true);
  }

  @Test
  void partitionsThatDoNotExistAndCursorsOutsideTheFilterAreRefusedByName() {
    SubscriptionOrder unknown =
        new SubscriptionOrder(
            SERVICE,
            Map.of(),
            Set.of(),
            Set.of(4, -1),
            SubscriptionOrder.Start.OLDEST,
            Duration.ofSeconds(10));
    assertThatThrownBy(() -> open(unknown))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> {
              assertThat(e.failure().reason()).isEqualTo(Reason.INVALID_FIELDS);
              assertThat(e.failure().violations())
                  .extracting(Violation::description)
                  .containsExactlyInAnyOrder(
                      "partition 4 (expected: 0 to 3)", "partition -1 (expected: 0 to 3)");
            });
    SubscriptionOrder outside =
        new SubscriptionOrder(
            SERVICE,
            Map.of(),
            Set.of(1),
            Set.of(2),
            SubscriptionOrder.Start.OLDEST,
            Duration.ofSeconds(10));
    assertThatThrownBy(() -> open(outside))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure().violations().getFirst().field()).isEqualTo("cursors"));
  }

  @Test
  void aCursorOfAnotherHistoryIsRefusedWithBothEpochs() {
    feed.write(counted("a", 1));
    sequence();
    Cursor foreign =
        new Cursor(
            java.util.UUID.fromString("0197a1b2-0000-7000-8000-000000000000"),
            0,
            0,
            Optional.empty());
    SubscriptionOrder order =
        new SubscriptionOrder(
            SERVICE,
            Map.of(0, foreign),
            Set.of(),
            Set.of(),
            SubscriptionOrder.Start.OLDEST,
            Duration.ofSeconds(10));

    assertThatThrownBy(() -> open(order))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> {
              assertThat(e.failure().reason()).isEqualTo(Reason.CURSOR_DIVERGED);
              assertThat(e.failure().metadata())
                  .containsEntry("cursor_epoch", foreign.epoch().toString())
                  .containsEntry("feed_epoch", feed.heads().epoch().toString());
            });
  }

  @Test
  void aNewEpochIsNoticedByOpenSubscriptions() {
    FeedTail tail = tail();
    Subscription subscription = new Subscriptions(feed.jdbi(), tail).open(order(SERVICE));
    assertThat(subscription.next()).isInstanceOf(Found.AtHead.class);

    try (Handle handle = feed.jdbi().open()) {
      handle.execute("update feed set epoch = gen_random_uuid()");
      tail.refresh(handle);
    }

    assertThat(subscription.next())
        .isInstanceOfSatisfying(
            Found.Broken.class,
            broken -> assertThat(broken.why().reason()).isEqualTo(Reason.CURSOR_DIVERGED));
  }

  private static SubscriptionOrder order(Viewer viewer) {
    return new SubscriptionOrder(
        viewer,
        Map.of(),
        Set.of(),
        Set.of(),
        SubscriptionOrder.Start.OLDEST,
        Duration.ofSeconds(10));
  }

  private Subscription open(SubscriptionOrder order) {
    return new Subscriptions(feed.jdbi(), tail()).open(order);
  }

  private FeedTail tail() {
    FeedTail tail = new FeedTail(feed.jdbi());
    feed.jdbi().useHandle(tail::refresh);
    return tail;
  }

  private static List<StoredEvent> drain(Subscription subscription) {
    List<StoredEvent> seen = new ArrayList<>();
    while (true) {
      switch (subscription.next()) {
        case Found.Send(Delivery delivery) ->
            delivery.batches().forEach(b -> seen.addAll(b.events()));
        case Found.Passed() -> {
          // Nothing of it was for this viewer.
        }
        case Found.AtHead _ -> {
          return seen;
        }
        case Found.Broken(Failure why) -> throw why.asException();
      }
    }
  }

  private void sequence() {
    try (Handle handle = feed.jdbi().open()) {
      new SteppedSequencer(handle).drain(10_000);
    }
  }
}
