package dev.fourthpillar.usage.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.usage.Captures;
import dev.fourthpillar.usage.LogFixture;
import dev.fourthpillar.usage.MetricFixture;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.v1.ListShortfallsRequest;
import dev.fourthpillar.usage.v1.ReconciliationServiceGrpc;
import dev.fourthpillar.usage.v1.Shortfall;
import dev.fourthpillar.usage.v1.ShortfallQuantity;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What metrics say beyond the calls that were heard of. */
@PostgresTest
class ShortfallTest {
  private static World world;

  @BeforeAll
  static void start(TestDatabase database) {
    world = World.start(database, Map.of("fourthpillar.settle.metrics-only", "gemini-cli"));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void adaIsKnown() {
    world.onlyAda();
  }

  /** Two calls of 1,000 in and 200 out were made; the log of the second one never came. */
  @Test
  void aCallThatOnlyTheMetricHeardOfIsListedAndNotCharged() {
    world.accept(log("req_1", "10:30:00"));
    world.accept(
        MetricFixture.claude("session-1").tokens("10:00:00", "10:59:00", 2_000, 400).evidence());
    world.sweep();

    assertThat(world.charged()).isEqualTo(Map.of("ada", 10_000_000L));
    assertThat(list("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z"))
        .containsExactly(
            Shortfall.newBuilder()
                .setTool("claude-code")
                .setEngineer("ada")
                .setSession("session-1")
                .setModel("claude-opus-4-5")
                .setStartTime(time("2026-11-20T10:00:00Z"))
                .setEndTime(time("2026-11-20T11:00:00Z"))
                .addQuantities(kind("input", 2_000, 1_000))
                .addQuantities(kind("output", 400, 200))
                .build());
    assertThat(list("2026-11-20T11:00:00Z", "2026-11-21T00:00:00Z")).isEmpty();

    world.accept(log("req_2", "10:58:59"));
    world.sweep();
    assertThat(list("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z")).isEmpty();
  }

  /** The call is of one hour, and the export that sums it up of the next one. */
  @Test
  void aMetricThatComesInTheNextHourIsNoShortfall() {
    world.accept(log("req_1", "10:59:59"));
    world.accept(
        MetricFixture.claude("session-1").tokens("10:00:00", "11:00:30", 1_000, 200).evidence());
    world.sweep();

    assertThat(list("2026-11-20T11:00:00Z", "2026-11-21T00:00:00Z")).isEmpty();
  }

  @Test
  void whatIsDeclaredToSendMetricsOnlyDoesNotWait() {
    world.accept(MetricFixture.gemini().tokens("10:00:00", "10:01:00", 1_000, 200).evidence());
    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 1L));

    world.accept(
        MetricFixture.claude("session-1").tokens("10:00:00", "10:01:00", 1_000, 200).evidence());
    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 1L, "WAITING", 1L));
  }

  @Test
  void moreThanTheEvidenceThatIsKeptIsRefused() {
    assertThatThrownBy(() -> list("2026-10-01T00:00:00Z", "2026-11-21T00:00:00Z"))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("start_time");
  }

  private static List<Evidence> log(String request, String at) {
    return Captures.read(
            LogFixture.claude(request)
                .at("2026-11-20T" + at + "Z")
                .with("user.email", "ada@example.com")
                .with("model", "claude-opus-4-5")
                .with("input_tokens", 1_000)
                .with("output_tokens", 200)
                .without(
                    "cache_read_tokens",
                    "cache_creation_tokens",
                    "cache_creation_5m_tokens",
                    "cache_creation_1h_tokens")
                .export())
        .counted();
  }

  private static List<Shortfall> list(String from, String until) {
    return world
        .service()
        .stub(
            ReconciliationServiceGrpc::newBlockingStub, world.service().as("finance", Role.FINANCE))
        .listShortfalls(
            ListShortfallsRequest.newBuilder()
                .setStartTime(time(from))
                .setEndTime(time(until))
                .build())
        .getShortfallsList();
  }

  private static ShortfallQuantity kind(String meter, long metered, long counted) {
    return ShortfallQuantity.newBuilder()
        .setMeter(meter)
        .setMeteredCount(metered)
        .setCountedCount(counted)
        .build();
  }

  private static Timestamp time(String time) {
    return Timestamp.newBuilder().setSeconds(Instant.parse(time).getEpochSecond()).build();
  }
}
