package dev.fourthpillar.sample;

import static dev.fourthpillar.sample.Puts.dollars;
import static dev.fourthpillar.sample.Puts.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.feed.consume.ConsumerId;
import dev.fourthpillar.backbone.feed.consume.FeedConsumer;
import dev.fourthpillar.backbone.feed.consume.GrpcFeedSource;
import dev.fourthpillar.events.v1.Cursor;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.GetPartitionsRequest;
import dev.fourthpillar.events.v1.SubscribeRequest;
import dev.fourthpillar.sample.v1.PocketFilled;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.Refusal;
import dev.fourthpillar.testkit.service.Subscriber;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the service tells others about its changes, from the put to the subscriber. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/sample"})
final class FeedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private static SampleServer server;

  /** Two puts for ada, each sent twice, and one for grace, which is traced. */
  @BeforeAll
  static void start(TestDatabase database) {
    server = SampleServer.start(database);
    var finance = server.pockets(server.finance());
    Metadata traced = new Metadata();
    traced.put(
        Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER),
        "00-%s-b7ad6b7169203331-01".formatted(TRACE));
    for (int attempt = 0; attempt < 2; attempt++) {
      var _ = finance.putInPocket(put("ada-1", "ada", "holiday", 5));
      var _ = finance.putInPocket(put("ada-2", "ada", "holiday", 7));
      var _ =
          finance
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(traced))
              .putInPocket(put("grace-1", "grace", "books", 1));
    }
    Awaitility.await().atMost(PATIENCE).until(() -> seenBy(server.finance()).events().size() >= 3);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyPutIsToldOnceHoweverOftenItWasSent() throws Exception {
    Subscriber finance = seenBy(server.finance());

    assertThat(finance.names())
        .containsExactlyInAnyOrder("ada/holiday@1", "ada/holiday@2", "grace/books@1")
        .containsSubsequence("ada/holiday@1", "ada/holiday@2");
    assertThat(finance.skipped()).isZero();
    Event second = eventOfAda(2);
    assertThat(second.getSource()).isEqualTo("sample-service");
    assertThat(second.getType()).isEqualTo("fourthpillar.sample.v1.PocketFilled");
    assertThat(second.getData().unpack(PocketFilled.class))
        .isEqualTo(
            PocketFilled.newBuilder()
                .setEngineer("ada")
                .setPocket("holiday")
                .setAmount(dollars(7))
                .setBalance(dollars(12))
                .build());
  }

  @Test
  void theSpanOfAConsumerLinksToTheTracesOfTheChanges() {
    Spans spans = new Spans();
    try (var consumer =
        new FeedConsumer(
            new ConsumerId("sample-service", "links"),
            server.database(),
            new GrpcFeedSource(server.channel(), server.as("budget", Role.SERVICE)),
            Set.of(),
            "replica",
            (_, _) -> assertThat(Span.current().getSpanContext().isValid()).isTrue(),
            spans.tracer())) {
      consumer.start();
      Awaitility.await().atMost(PATIENCE).until(() -> consumer.applied() == 3);
    }
    assertThat(spans.ended())
        .allSatisfy(
            span -> {
              assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
              assertThat(span.getName()).isEqualTo("links process");
              assertThat(span.getTraceId()).as("a trace of its own").isNotEqualTo(TRACE);
            });
    // Ada's two puts have traces of the service's own making.
    assertThat(spans.ended().stream().flatMap(span -> span.getLinks().stream()))
        .extracting(link -> link.getSpanContext().getTraceId())
        .hasSize(3)
        .doesNotHaveDuplicates()
        .contains(TRACE);
  }

  @Test
  void subscribersSeeWhatTheContractSays() {
    assertThat(seenBy(server.as("crm", Role.SUBSCRIBER)).events()).hasSize(3);
    assertThat(seenBy(server.as("budget", Role.SERVICE)).events()).hasSize(3);
  }

  @Test
  void othersOnlyLearnThatThereWasSomething() {
    for (BearerToken caller :
        new BearerToken[] {server.as("gw", Role.GATEWAY), server.as("anybody")}) {
      assertThat(seenBy(caller).events()).isEmpty();
      assertThat(seenBy(caller).skipped()).isEqualTo(3);
    }
  }

  @Test
  void anEngineerSeesOwnEventsOnly() {
    Subscriber ada = seenBy(server.engineer("ada"));

    assertThat(ada.names()).containsExactly("ada/holiday@1", "ada/holiday@2");
    assertThat(ada.skipped()).isEqualTo(1);
    assertThat(seenBy(server.engineer("nobody")).events()).isEmpty();
  }

  @Test
  void aCursorOfAnotherHistoryIsTold() {
    Event first = eventOfAda(1);
    String stranger = UUID.randomUUID().toString();

    Refusal refusal = refusedFrom(cursorAt(first).toBuilder().setEventId(stranger).build());
    Refusal otherEpoch = refusedFrom(cursorAt(first).toBuilder().setEpoch(stranger).build());

    assertThat(refusal.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(refusal.reason()).isEqualTo("CURSOR_DIVERGED");
    assertThat(refusal.metadata())
        .isEqualTo(
            Map.of(
                "partition", Integer.toString(first.getPartition()),
                "position", Long.toString(first.getPosition()),
                "cursor_epoch", epoch(),
                "feed_epoch", epoch()));
    assertThat(otherEpoch.reason()).isEqualTo("CURSOR_DIVERGED");
    assertThat(otherEpoch.metadata())
        .containsEntry("cursor_epoch", stranger)
        .containsEntry("feed_epoch", epoch());
  }

  @Test
  void aCursorBeforeWhatIsKeptIsTold(TestDatabase database) {
    try (SampleServer other = SampleServer.start(database.another())) {
      var finance = other.pockets(other.finance());
      var _ = finance.putInPocket(put("ada-1", "ada", "holiday", 5));
      var _ = finance.putInPocket(put("ada-2", "ada", "holiday", 7));
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> Subscriber.caughtUp(other.feed(other.finance())).events().size() == 2);
      Event first = Subscriber.caughtUp(other.feed(other.finance())).events().getFirst();
      // As retention leaves it: the events are gone, and the head says up to where.
      other
          .database()
          .useHandle(
              handle -> {
                handle.execute(
                    """
                    update feed_head set floor_position = position, floor_event_id = event_id
                    where position > 0
                    """);
                handle.execute("delete from feed_log");
              });
      String epoch =
          other
              .feed(other.finance())
              .getPartitions(GetPartitionsRequest.getDefaultInstance())
              .getEpoch();

      Refusal refusal = refusedFrom(other, cursorAt(first).toBuilder().setEpoch(epoch).build());

      assertThat(refusal.code()).isEqualTo(Code.OUT_OF_RANGE);
      assertThat(refusal.reason()).isEqualTo("CURSOR_EXPIRED");
      assertThat(refusal.metadata())
          .containsEntry("partition", Integer.toString(first.getPartition()))
          .containsEntry("position", "1")
          .containsKey("oldest_position");
    }
  }

  @Test
  void whatIsNoCursorIsAnInvalidField() {
    Refusal refusal =
        refusedFrom(Cursor.newBuilder().setEpoch("x").setPartition(3).setPosition(1).build());

    assertThat(refusal.reason()).isEqualTo("INVALID_FIELDS");
    assertThat(refusal.violatedFields()).isEqualTo("cursors[0]");
  }

  @Test
  void aCallerHasSixtyFourSubscriptionsAndNoMore() {
    var greedy = server.feed(server.as("greedy", Role.SUBSCRIBER));
    try (Context.CancellableContext calls = Context.current().withCancellation()) {
      Context before = calls.attach();
      try {
        for (int open = 0; open < 64; open++) {
          var stream = greedy.subscribe(SubscribeRequest.getDefaultInstance());
          assertThat(stream.hasNext()).isTrue();
        }
        var oneTooMany = greedy.subscribe(SubscribeRequest.getDefaultInstance());
        Refusal refusal = Refusal.of(() -> assertThat(oneTooMany.hasNext()).isTrue());

        assertThat(refusal.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(refusal.reason()).isEqualTo("LIMIT_EXCEEDED");
        assertThat(refusal.metadata())
            .containsEntry("limit", "subscriptions-per-caller")
            .containsEntry("max", "64")
            .containsEntry("actual", "65");
      } finally {
        calls.detach(before);
      }
    }
    assertThat(seenBy(server.as("modest", Role.SUBSCRIBER)).events())
        .as("others are not affected")
        .hasSize(3);
  }

  private static Subscriber seenBy(BearerToken caller) {
    return Subscriber.caughtUp(server.feed(caller));
  }

  private static Event eventOfAda(long version) {
    return seenBy(server.engineer("ada")).events().stream()
        .filter(event -> event.getVersion() == version)
        .findFirst()
        .orElseThrow();
  }

  private static Cursor cursorAt(Event event) {
    return Cursor.newBuilder()
        .setEpoch(epoch())
        .setPartition(event.getPartition())
        .setPosition(event.getPosition())
        .setEventId(event.getId())
        .build();
  }

  private static String epoch() {
    return server
        .feed(server.finance())
        .getPartitions(GetPartitionsRequest.getDefaultInstance())
        .getEpoch();
  }

  private static Refusal refusedFrom(Cursor cursor) {
    return refusedFrom(server, cursor);
  }

  private static Refusal refusedFrom(SampleServer at, Cursor cursor) {
    var stream =
        at.feed(at.finance()).subscribe(SubscribeRequest.newBuilder().addCursors(cursor).build());
    return Refusal.of(() -> assertThat(stream.hasNext()).isTrue());
  }
}
