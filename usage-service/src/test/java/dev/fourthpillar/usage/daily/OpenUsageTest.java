package dev.fourthpillar.usage.daily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.UsageUnattributed;
import dev.fourthpillar.events.v1.UsageUnpriced;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.usage.intake.DeduplicationConfig;
import dev.fourthpillar.usage.settle.Usages;
import dev.fourthpillar.usage.settle.World;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Usage that is nobody's, or has no price, is told of once a day. A call is 1,000 in and 200 out of
 * Opus 4.5: 0.010 dollars. Each test has a day of its own.
 */
@PostgresTest
class OpenUsageTest {
  private static World world;

  @BeforeAll
  static void start(TestDatabase database) {
    world = World.start(database, Map.of("fourthpillar.open-usage.count-interval", "100ms"));
    world.person("ada", "US", "ada@example.com");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void aDayIsToldWhenItIsOver() {
    world.report(
        call("a-1", "2026-11-20").of("who@example.com"),
        call("a-2", "2026-11-20").of("somebody@example.com"),
        call("a-3", "2026-11-20").model("nova-9"),
        // Of ada, and with a price: nothing is open.
        call("a-4", "2026-11-20"));

    assertThat(replica("2026-11-21T00:59:59Z").tellDue()).isZero();
    assertThat(replica("2026-11-21T01:00:00Z").tellDue()).isEqualTo(2);

    assertThat(unattributed(Role.OPERATOR, "2026-11-20"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getTool()).isEqualTo("claude-code");
              assertThat(event.getUnitCount()).isEqualTo(2);
              assertThat(World.dollars(event.getListAmount())).isEqualByComparingTo("0.02");
            });
    assertThat(unpriced(Role.OPERATOR, "2026-11-20"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getTool()).isEqualTo("claude-code");
              assertThat(event.getProvider()).isEqualTo("anthropic");
              assertThat(event.getModel()).isEqualTo("nova-9");
              assertThat(event.getUnitCount()).isEqualTo(1);
              assertThat(
                      event.getQuantitiesList().stream()
                          .map(q -> q.getMeter() + " " + q.getQuantity()))
                  .containsExactly("input 1000", "output 200");
            });
    assertThat(unattributed(Role.FINANCE, "2026-11-20")).isEmpty();
  }

  @Test
  void openCallsAreCountedForAlerts() {
    MeterRegistry registry = world.service().bean(MeterRegistry.class);
    long nobodys = gauge(registry, OpenUsageMetrics.UNATTRIBUTED);
    long unpriced = gauge(registry, OpenUsageMetrics.UNPRICED);

    world.report(
        call("m-1", "2026-01-15").of("who@example.com"),
        call("m-2", "2026-01-15").model("nova-9"),
        call("m-3", "2026-01-15").model("nova-9"));

    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(gauge(registry, OpenUsageMetrics.UNATTRIBUTED)).isEqualTo(nobodys + 1);
              assertThat(gauge(registry, OpenUsageMetrics.UNPRICED)).isEqualTo(unpriced + 2);
              assertThat(gauge(registry, OpenUsageMetrics.UNMATCHED)).isZero();
            });
  }

  private static long gauge(MeterRegistry registry, String name) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> registry.get(name).gauge().value(), value -> !Double.isNaN(value))
        .longValue();
  }

  @Test
  void whatWasToldIsNotToldAgainAndWhatComesLateIs() {
    world.report(call("b-1", "2026-11-10").model("nova-9"));
    assertThat(replica("2026-11-11T02:00:00Z").tellDue()).isEqualTo(1);

    world.report(
        call("b-2", "2026-11-10").model("nova-9"), call("b-3", "2026-11-10").model("nova-8"));

    // A replica that starts anew; one of the next day.
    assertThat(replica("2026-11-11T02:10:00Z").tellDue()).isEqualTo(1);
    assertThat(replica("2026-11-12T02:00:00Z").tellDue()).isZero();
    assertThat(unpriced(Role.OPERATOR, "2026-11-10"))
        .extracting(event -> event.getModel() + " " + event.getUnitCount())
        .containsExactlyInAnyOrder("nova-9 1", "nova-8 1");
  }

  @Test
  void ofTwoReplicasOneTellsEach() throws Exception {
    for (int i = 0; i < 30; i++) {
      world.report(call("c-" + i, "2026-11-05").model("nova-" + i));
    }
    CyclicBarrier together = new CyclicBarrier(4);
    List<Future<Integer>> told = new ArrayList<>();
    try (ExecutorService replicas = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        told.add(
            replicas.submit(
                () -> {
                  OpenUsageService replica = replica("2026-11-06T02:00:00Z");
                  together.await();
                  return replica.tellDue();
                }));
      }
    }

    int all = 0;
    for (Future<Integer> one : told) {
      all += one.get();
    }
    assertThat(all).isEqualTo(30);
    assertThat(unpriced(Role.SERVICE, "2026-11-05"))
        .extracting(UsageUnpriced::getModel)
        .hasSize(30)
        .doesNotHaveDuplicates();
  }

  @Test
  void aReplicaThatDiesHasToldNothing() {
    world.report(call("d-1", "2026-11-02").of("who@example.com"));
    OpenUsageService dying =
        replica(
            "2026-11-03T02:00:00Z",
            new FeedWriter(
                () -> {
                  throw new IllegalStateException("dies after the mark and before the event");
                },
                () -> "",
                () -> {}));

    assertThatThrownBy(dying::tellDue).hasMessageContaining("dies after the mark");
    assertThat(unattributed(Role.OPERATOR, "2026-11-02")).isEmpty();

    assertThat(replica("2026-11-03T02:00:01Z").tellDue()).isEqualTo(1);
    assertThat(unattributed(Role.OPERATOR, "2026-11-02")).hasSize(1);
  }

  @Test
  void theServiceLooksByItself(TestDatabase database) {
    try (World other =
        World.start(database.another(), Map.of("fourthpillar.open-usage.interval", "100ms"))) {
      other.report(
          Usages.call("e-1").at(Instant.now().minus(Duration.ofDays(3))).of("who@example.com"));

      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(other.heard(Role.OPERATOR))
                      .singleElement()
                      .satisfies(
                          event ->
                              assertThat(event.getData().is(UsageUnattributed.class)).isTrue()));
    }
  }

  private static Usages call(String name, String day) {
    return Usages.call(name).at(Instant.parse(day + "T23:30:00Z"));
  }

  private static OpenUsageService replica(String now) {
    return replica(now, world.service().bean(FeedWriter.class));
  }

  private static OpenUsageService replica(String now, FeedWriter feed) {
    return new OpenUsageService(
        world.service().bean(Transactions.class),
        world.service().bean(OpenUsageRepository.class),
        feed,
        world.service().bean(OpenUsageConfig.class),
        world.service().bean(DeduplicationConfig.class),
        InstantSource.fixed(Instant.parse(now)));
  }

  /** All that such a subscriber hears of a day. */
  private static List<UsageUnattributed> unattributed(Role role, String day) {
    List<UsageUnattributed> events = new ArrayList<>();
    for (Event event : world.heard(role)) {
      if (event.getData().is(UsageUnattributed.class)) {
        UsageUnattributed told = unpack(event, UsageUnattributed.class);
        if (told.getDay().equals(DateMapper.toProto(LocalDate.parse(day)))) {
          events.add(told);
        }
      }
    }
    return events;
  }

  private static List<UsageUnpriced> unpriced(Role role, String day) {
    List<UsageUnpriced> events = new ArrayList<>();
    for (Event event : world.heard(role)) {
      if (event.getData().is(UsageUnpriced.class)) {
        UsageUnpriced told = unpack(event, UsageUnpriced.class);
        if (told.getDay().equals(DateMapper.toProto(LocalDate.parse(day)))) {
          events.add(told);
        }
      }
    }
    return events;
  }

  private static <M extends com.google.protobuf.Message> M unpack(Event event, Class<M> type) {
    try {
      return event.getData().unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
