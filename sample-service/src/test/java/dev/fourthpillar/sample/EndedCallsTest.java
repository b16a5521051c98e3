package dev.fourthpillar.sample;

import static dev.fourthpillar.sample.Puts.get;
import static dev.fourthpillar.sample.Puts.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import com.zaxxer.hikari.HikariDataSource;
import dev.fourthpillar.sample.v1.PocketServiceGrpc;
import dev.fourthpillar.sample.v1.PutInPocketRequest;
import dev.fourthpillar.sample.v1.PutInPocketResponse;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import io.grpc.Status.Code;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls that end before their work does: by deadline, by cancel. Nothing of them remains. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/sample"})
final class EndedCallsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int POOL = 4;

  private static SampleServer server;

  @BeforeAll
  static void start(TestDatabase database) {
    server =
        SampleServer.start(
            database,
            Map.of(
                "fourthpillar.edge.default-deadline", "1s",
                "fourthpillar.edge.max-deadline", "2s",
                "datasources.default.maximum-pool-size", POOL));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aCallWithoutDeadlineGetsOneAndLeavesNothing() {
    PutInPocketRequest request = put("ada-1", "ada", "holiday", 5);
    double before = counted("DEADLINE_PASSED");
    try (Blockade blockade = Blockade.of(server, "ada", "holiday")) {
      Refusal refusal = Refusal.of(() -> server.pockets(server.finance()).putInPocket(request));

      assertThat(refusal.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
      assertThat(refusal.reason()).isEqualTo("DEADLINE_PASSED");
      assertThat(refusal.message()).contains("retry with the same request_id");
      blockade.awaitWaiting(0);
    }
    awaitIdlePool();
    assertThat(counted("DEADLINE_PASSED")).as("told and counted once").isEqualTo(before + 1);
    assertNothingLeftAndTheSameIdSucceedsOnce(request);
  }

  @Test
  void aLaterDeadlineThanTheMaximumIsBroughtForward() {
    PutInPocketRequest request = put("bea-1", "bea", "holiday", 5);
    try (Blockade blockade = Blockade.of(server, "bea", "holiday")) {
      Refusal refusal =
          Refusal.of(
              () ->
                  server
                      .pockets(server.finance())
                      .withDeadlineAfter(1, TimeUnit.HOURS)
                      .putInPocket(request));

      assertThat(refusal.reason()).isEqualTo("DEADLINE_PASSED");
      blockade.awaitWaiting(0);
    }
    assertNothingLeftAndTheSameIdSucceedsOnce(request);
  }

  @Test
  void aDeadlineOfTheCallerEndsTheWorkInTheDatabase() {
    PutInPocketRequest request = put("cyd-1", "cyd", "holiday", 5);
    try (Blockade blockade = Blockade.of(server, "cyd", "holiday")) {
      Refusal refusal =
          Refusal.of(
              () ->
                  server
                      .pockets(server.finance())
                      .withDeadlineAfter(700, TimeUnit.MILLISECONDS)
                      .putInPocket(request));

      assertThat(refusal.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
      blockade.awaitWaiting(0);
    }
    assertNothingLeftAndTheSameIdSucceedsOnce(request);
  }

  @Test
  void aCancelledCallEndsTheWorkInTheDatabase() {
    PutInPocketRequest request = put("dee-1", "dee", "holiday", 5);
    double before = counted("CANCELLED");
    try (Blockade blockade = Blockade.of(server, "dee", "holiday")) {
      ListenableFuture<PutInPocketResponse> call = begin(request);
      blockade.awaitWaiting(1);
      assertThat(call.cancel(true)).isTrue();
      blockade.awaitWaiting(0);
      awaitCounted("CANCELLED", before + 1);
    }
    assertNothingLeftAndTheSameIdSucceedsOnce(request);
  }

  @Test
  void manyImpatientCallersDoNotCostThePool() {
    List<PutInPocketRequest> requests =
        IntStream.range(0, 3 * POOL).mapToObj(i -> put("eli-" + i, "eli", "holiday", 1)).toList();
    try (Blockade blockade = Blockade.of(server, "eli", "holiday")) {
      List<ListenableFuture<PutInPocketResponse>> calls = new ArrayList<>();
      requests.forEach(request -> calls.add(begin(request)));
      blockade.awaitWaiting(POOL);
      calls.forEach(call -> call.cancel(true));
      blockade.awaitWaiting(0);
    }
    awaitIdlePool();

    assertThat(Traces.of(server.database(), "eli")).isEqualTo(Traces.NONE);
    List<ListenableFuture<PutInPocketResponse>> again =
        requests.stream().map(EndedCallsTest::begin).toList();
    assertThat(again.stream().map(EndedCallsTest::versionOf))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, 3 * POOL).mapToObj(Long::valueOf).toList());
  }

  @Test
  void aCallThatEndsWhileItWaitsForAConnectionDoesNothing() {
    PutInPocketRequest late = put("fay-late", "fay", "other", 5);
    try (Blockade blockade = Blockade.of(server, "fay", "holiday")) {
      List<ListenableFuture<PutInPocketResponse>> holders =
          IntStream.range(0, POOL)
              .mapToObj(i -> begin(put("fay-" + i, "fay", "holiday", 1)))
              .toList();
      blockade.awaitWaiting(POOL);

      Refusal refusal =
          Refusal.of(
              () ->
                  server
                      .pockets(server.finance())
                      .withDeadlineAfter(100, TimeUnit.MILLISECONDS)
                      .putInPocket(late));

      assertThat(refusal.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
      holders.forEach(call -> call.cancel(true));
      blockade.awaitWaiting(0);
    }
    awaitIdlePool();
    assertThat(Traces.of(server.database(), "fay")).isEqualTo(Traces.NONE);
  }

  private static void assertNothingLeftAndTheSameIdSucceedsOnce(PutInPocketRequest request) {
    awaitIdlePool();
    String engineer = request.getEngineer();
    assertThat(Traces.of(server.database(), engineer)).isEqualTo(Traces.NONE);
    var finance = server.pockets(server.finance());

    assertThat(finance.putInPocket(request)).isEqualTo(finance.putInPocket(request));

    assertThat(Traces.of(server.database(), engineer)).isEqualTo(Traces.ONE);
    assertThat(finance.getPocket(get(engineer, "holiday")).getPocket().getBalance())
        .isEqualTo(request.getAmount());
  }

  private static void awaitCounted(String reason, double count) {
    Awaitility.await().atMost(PATIENCE).until(() -> counted(reason) == count);
  }

  private static double counted(String reason) {
    return server
        .bean(MeterRegistry.class)
        .get("fourthpillar.failures")
        .tag("reason", reason)
        .counter()
        .count();
  }

  private static void awaitIdlePool() {
    HikariDataSource pool = pool();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                pool.getHikariPoolMXBean().getActiveConnections() == 0
                    && pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 0);
  }

  private static HikariDataSource pool() {
    try {
      return server.bean(DataSource.class).unwrap(HikariDataSource.class);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ListenableFuture<PutInPocketResponse> begin(PutInPocketRequest request) {
    return PocketServiceGrpc.newFutureStub(server.channel())
        .withCallCredentials(server.finance())
        .putInPocket(request);
  }

  private static long versionOf(ListenableFuture<PutInPocketResponse> call) {
    try {
      return call.get(20, TimeUnit.SECONDS).getPocket().getVersion();
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
