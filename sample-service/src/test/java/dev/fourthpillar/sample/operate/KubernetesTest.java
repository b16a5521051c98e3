package dev.fourthpillar.sample.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.events.v1.SubscribeRequest;
import dev.fourthpillar.events.v1.SubscribeResponse;
import dev.fourthpillar.sample.SampleServer;
import dev.fourthpillar.sample.v1.EchoRequest;
import dev.fourthpillar.sample.v1.EchoServiceGrpc;
import dev.fourthpillar.testkit.kubernetes.KubernetesApi;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import dev.fourthpillar.testkit.service.TestService;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** With the Kubernetes API, where a chart asks for it; and without, where it does not. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/sample"})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KubernetesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Map<String, String> OURS = Map.of("live-config-of", "fp-sample");

  private static KubernetesApi api;
  private static SampleServer server;
  @TempDir private static Path folder;

  @BeforeAll
  static void start(TestDatabase database) {
    api = KubernetesApi.start();
    live("fp-sample-live", OURS, "fourthpillar.edge.max-open-streams: 1");
    Map<String, Object> asTheChartSays = new LinkedHashMap<>(common());
    asTheChartSays.put("micronaut.environments", "k8s");
    asTheChartSays.put("micronaut.config-client.enabled", true);
    asTheChartSays.put("grpc.client.discovery.enabled", true);
    asTheChartSays.put("kubernetes.client.namespace", "suite");
    asTheChartSays.put("kubernetes.client.config-maps.watch", true);
    asTheChartSays.put("kubernetes.client.config-maps.includes", "fp-sample-live");
    asTheChartSays.put("kubernetes.client.config-maps.labels.live-config-of", "fp-sample");
    asTheChartSays.put("kubernetes.client.discovery.includes", "fp-sample-headless");
    asTheChartSays.put(
        "kubernetes.client.discovery.services.fp-sample-headless.name", "fp-sample-headless");
    asTheChartSays.put("kubernetes.client.discovery.services.fp-sample-headless.port", "grpc");
    asTheChartSays.put("fourthpillar.edge.max-connection-age", "1s");
    server = SampleServer.start(database, asTheChartSays);
  }

  @AfterAll
  static void stop() {
    server.close();
    api.close();
  }

  @Test
  @Order(1)
  void aChangedConfigMapReachesTheRunningService() {
    assertThat(streamsAllowed()).as("known at the start").isEqualTo(1);

    live(
        "fp-sample-live",
        OURS,
        "fourthpillar.edge.max-open-streams: 3\nlogger.levels.some.logger: TRACE");

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(streamsAllowed()).isEqualTo(3));
    await().atMost(PATIENCE).until(() -> level("some.logger") == Level.TRACE);

    live("fp-sample-live", OURS, "fourthpillar.edge.max-open-streams: 2");

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(streamsAllowed()).isEqualTo(2));
  }

  @Test
  @Order(2)
  void whatIsWrongOrSomebodyElsesChangesNothing() {
    live(
        "fp-sample-live",
        OURS,
        "fourthpillar.edge.max-open-streams: 0\nlogger.levels.another: TRACE");
    // Micronaut takes levels by itself: seen here, the refused limit has been looked at.
    await().atMost(PATIENCE).until(() -> level("another") == Level.TRACE);
    assertThat(streamsAllowed()).isEqualTo(2);

    live(
        "fp-other-live",
        Map.of("live-config-of", "fp-other"),
        "fourthpillar.edge.max-open-streams: 7");
    live("fp-sample-live", OURS, "fourthpillar.edge.max-open-streams: 4");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(streamsAllowed()).isEqualTo(4));
    live("fp-sample-live", OURS, "logger.levels.another: INFO");
    await().atMost(PATIENCE).until(() -> level("another") == Level.INFO);
    assertThat(streamsAllowed()).as("what is taken away stays until a restart").isEqualTo(4);
  }

  @Test
  @Order(3)
  void aPodThatIsAddedIsFoundAndOneThatWasNotToldToAsksNobody(TestDatabase database) {
    try (KubernetesApi unasked = KubernetesApi.start()) {
      Map<String, Object> alone = new LinkedHashMap<>(common());
      alone.put("kubernetes.client.base-path", unasked.url().toString());
      try (SampleServer added = SampleServer.start(database, alone)) {
        api.pods("fp-sample-headless", port(server));
        ManagedChannel channel =
            Grpc.newChannelBuilder("svc:///fp-sample-headless", InsecureChannelCredentials.create())
                .defaultLoadBalancingPolicy("round_robin")
                .build();
        try {
          echo(channel);
          assertThat(served(added)).isZero();

          api.pods("fp-sample-headless", port(server), port(added));

          // Nobody tells the channel: it asks again when a connection is told to go.
          await()
              .atMost(PATIENCE)
              .until(
                  () -> {
                    echo(channel);
                    return served(added) > 0;
                  });
        } finally {
          channel.shutdownNow();
        }
      }
      assertThat(unasked.requests()).isEmpty();
    }
    assertThat(api.requests())
        .as("nothing but what the Role allows")
        .allMatch(
            path ->
                path.matches(
                    "/apis?|/api/v1|/api/v1/namespaces/suite/(configmaps\\?.*|endpoints/fp-sample-headless)"));
  }

  private static Map<String, Object> common() {
    return Map.of(
        "kubernetes.client.base-path",
        api.url().toString(),
        TestService.KEY_FILE,
        folder.resolve("issuer.jwks").toString());
  }

  private static void live(String name, Map<String, String> labels, String yaml) {
    api.put(name, labels, Map.of("live.yml", yaml));
  }

  /** Opens subscriptions until one is refused, which says how many there may be; 8 at most. */
  private static int streamsAllowed() {
    try (var context = io.grpc.Context.current().withCancellation()) {
      return context.call(KubernetesTest::countStreams);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static int countStreams() {
    for (int open = 0; open < 8; open++) {
      Iterator<SubscribeResponse> stream =
          server.feed(server.finance()).subscribe(SubscribeRequest.getDefaultInstance());
      try {
        assertThat(stream.hasNext()).isTrue();
      } catch (io.grpc.StatusRuntimeException refused) {
        Refusal refusal =
            Refusal.of(
                () -> {
                  throw refused;
                });
        return Integer.parseInt(refusal.metadata().get("max"));
      }
    }
    return 8;
  }

  private static Level level(String logger) {
    return ((Logger) LoggerFactory.getLogger(logger)).getLevel();
  }

  private static int port(SampleServer of) {
    return of.bean(GrpcEmbeddedServer.class).getPort();
  }

  private static void echo(ManagedChannel channel) {
    var _ =
        EchoServiceGrpc.newBlockingStub(channel)
            .withCallCredentials(server.as("tool", Role.FINANCE))
            .withWaitForReady()
            .echo(EchoRequest.getDefaultInstance());
  }

  private static long served(SampleServer of) {
    return of.bean(MeterRegistry.class).find("grpc.server.processing.duration").timers().stream()
        .filter(timer -> "Echo".equals(timer.getId().getTag("method")))
        .mapToLong(timer -> timer.count())
        .sum();
  }
}
