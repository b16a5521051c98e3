package dev.fourthpillar.backbone.feed.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fourthpillar.access.v1.Role;
import dev.fourthpillar.backbone.drain.OpenStreams;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.feed.Audience;
import dev.fourthpillar.backbone.feed.TestFeed;
import dev.fourthpillar.events.v1.SubscribeResponse;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.stream.FakeStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What open subscriptions may hold, and for how long. */
@PostgresTest(migrations = "classpath:db/feed")
final class SubscriptionStreamsTest {
  private TestFeed feed;
  private FeedTail tail;

  @BeforeEach
  void freshFeed(TestDatabase database) {
    feed = TestFeed.in(database.another().dataSource(), 1);
    tail = new FeedTail(feed.jdbi());
    feed.jdbi().useHandle(tail::refresh);
  }

  @Test
  void aClientThatTakesNothingIsSentAway() {
    FakeStream<SubscribeResponse> stuck = FakeStream.takingNothing();

    streams(Duration.ofMillis(20)).open(order("slow"), stuck);

    assertThat(stuck.end().orElseThrow())
        .isInstanceOfSatisfying(
            FailureException.class,
            end -> {
              assertThat(end.failure().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
              assertThat(end.failure().metadata())
                  .containsEntry("limit", "subscription.max-stall")
                  .containsEntry("max", "PT0.02S");
              assertThat(end.failure().message())
                  .isEqualTo(
                      "the client took nothing for PT0.02S; subscribe again with the last cursor");
            });
    assertThat(stuck.sent()).isEmpty();
  }

  @Test
  void oneCallerHoldsSoManySubscriptionsAndNoMoreAndOthersAreNotConcerned() {
    SubscriptionStreams streams = streams(Duration.ofMinutes(1));
    List<FakeStream<SubscribeResponse>> held = new ArrayList<>();
    for (int i = 0; i < SubscriptionStreams.MAX_PER_CALLER; i++) {
      held.add(FakeStream.takingNothing());
      streams.open(order("greedy"), held.getLast());
    }

    assertThatThrownBy(() -> streams.open(order("greedy"), FakeStream.takingNothing()))
        .isInstanceOfSatisfying(
            FailureException.class,
            refused -> {
              assertThat(refused.failure().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
              assertThat(refused.failure().message())
                  .isEqualTo("subscriptions of caller 'greedy': 65 (expected: at most 64)");
              assertThat(refused.failure().metadata())
                  .containsEntry("limit", "subscriptions-per-caller")
                  .containsEntry("max", "64")
                  .containsEntry("actual", "65");
            });
    FakeStream<SubscribeResponse> modest = FakeStream.takingNothing();
    streams.open(order("modest"), modest);
    held.getFirst().cancel();
    await().untilAsserted(() -> streams.open(order("greedy"), held.getFirst()));

    held.forEach(FakeStream::cancel);
    modest.cancel();
  }

  private SubscriptionStreams streams(Duration maxStall) {
    return new SubscriptionStreams(
        new Subscriptions(feed.jdbi(), tail), tail, "test", new OpenStreams(), maxStall);
  }

  private static SubscriptionOrder order(String caller) {
    return new SubscriptionOrder(
        new Viewer(caller, Audience.of(Set.of(Role.ROLE_SERVICE)), Optional.empty(), Set.of()),
        Map.of(),
        Set.of(),
        Set.of(),
        SubscriptionOrder.Start.OLDEST,
        Duration.ofSeconds(10));
  }
}
