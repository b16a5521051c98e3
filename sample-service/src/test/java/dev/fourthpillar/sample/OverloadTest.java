package dev.fourthpillar.sample;

import static dev.fourthpillar.sample.Puts.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import dev.fourthpillar.events.v1.SubscribeRequest;
import dev.fourthpillar.sample.v1.EchoRequest;
import dev.fourthpillar.sample.v1.PocketServiceGrpc;
import dev.fourthpillar.sample.v1.PutInPocketResponse;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.Refusal;
import io.grpc.Status.Code;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** More calls than the service takes: it says so at once, and takes the next when it can. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/sample"})
final class OverloadTest {
  private static final int MAX_CALLS = 3;

  private static SampleServer server;

  @BeforeAll
  static void start(TestDatabase database) {
    server =
        SampleServer.start(
            database,
            Map.of(
                "fourthpillar.edge.max-concurrent-calls",
                MAX_CALLS,
                "fourthpillar.edge.max-open-streams",
                1));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theCallBeyondTheLimitIsShedUntilAnotherOneEnds() throws Exception {
    try (Blockade blockade = Blockade.of(server, "ada", "holiday")) {
      List<ListenableFuture<PutInPocketResponse>> blocked = blockedCalls("ada");
      blockade.awaitWaiting(MAX_CALLS);

      Refusal refusal = Refusal.of(OverloadTest::callEcho);

      assertThat(refusal.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
      assertThat(refusal.reason()).isEqualTo("OVERLOADED");
      assertThat(refusal.metadata()).isEqualTo(Map.of("limit", "calls", "max", "3"));
      assertThat(refusal.retry())
          .contains(
              RetryInfo.newBuilder()
                  .setRetryDelay(Duration.newBuilder().setNanos(100_000_000))
                  .build());
      assertThat(health()).isEqualTo(ServingStatus.SERVING);

      blockade.lift();
      for (ListenableFuture<PutInPocketResponse> call : blocked) {
        assertThat(call.get(20, TimeUnit.SECONDS).getPocket().getVersion()).isPositive();
      }
      awaitServed();
    }
  }

  @Test
  void cancelledCallsGiveTheirPlaceBack() {
    try (Blockade blockade = Blockade.of(server, "bea", "holiday")) {
      List<ListenableFuture<PutInPocketResponse>> blocked = blockedCalls("bea");
      blockade.awaitWaiting(MAX_CALLS);
      blocked.forEach(call -> call.cancel(true));
      awaitServed();
    }
  }

  @Test
  void refusedCallsGiveTheirPlaceBack() {
    for (int i = 0; i < 5 * MAX_CALLS; i++) {
      assertThat(
              Refusal.of(
                      () ->
                          server
                              .echo(new BearerToken("a.b.c"))
                              .echo(EchoRequest.getDefaultInstance()))
                  .reason())
          .isEqualTo("TOKEN_INVALID");
      assertThat(
              Refusal.of(
                      () ->
                          server
                              .pockets(server.finance())
                              .putInPocket(put("", "cyd", "holiday", 1)))
                  .reason())
          .isIn("INVALID_FIELDS");
      awaitServed();
    }
  }

  @Test
  void streamsHavePlacesOfTheirOwn() {
    var first = server.feed(server.finance()).subscribe(SubscribeRequest.getDefaultInstance());
    assertThat(first.hasNext()).isTrue();

    var second = server.feed(server.finance()).subscribe(SubscribeRequest.getDefaultInstance());
    Refusal refusal = Refusal.of(() -> assertThat(second.hasNext()).isTrue());

    assertThat(refusal.reason()).isEqualTo("OVERLOADED");
    assertThat(refusal.metadata()).isEqualTo(Map.of("limit", "streams", "max", "1"));
    awaitServed();
  }

  private static List<ListenableFuture<PutInPocketResponse>> blockedCalls(String engineer) {
    return IntStream.range(0, MAX_CALLS)
        .mapToObj(
            i ->
                PocketServiceGrpc.newFutureStub(server.channel())
                    .withCallCredentials(server.finance())
                    .putInPocket(put(engineer + "-" + i, engineer, "holiday", 1)))
        .toList();
  }

  /** A place is given back a moment after the answer, so the first try may still be shed. */
  private static void awaitServed() {
    Awaitility.await().ignoreExceptions().until(OverloadTest::callEcho);
  }

  private static boolean callEcho() {
    return server.echo(server.finance()).echo(EchoRequest.getDefaultInstance()).isInitialized();
  }

  private static ServingStatus health() {
    return HealthGrpc.newBlockingStub(server.channel())
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }
}
