package dev.fourthpillar.usage.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.events.v1.HoldOutcome;
import dev.fourthpillar.testkit.Dose;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.usage.Captures;
import dev.fourthpillar.usage.LogFixture;
import dev.fourthpillar.usage.MetricFixture;
import dev.fourthpillar.usage.SpanFixture;
import dev.fourthpillar.usage.evidence.Evidence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Metrics as hours of a group and a model, and which signal of several counts. Claude Opus 4.5
 * costs 5 dollars per million in and 25 out: 1,000 in and 200 out are 0.005 + 0.005 = 0.010
 * dollars.
 */
@PostgresTest
class WindowsTest {
  private static final long CALL = 10_000_000L;

  private static World world;

  @BeforeAll
  static void start(TestDatabase database) {
    world = World.start(database);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void adaIsKnown() {
    world.onlyAda();
  }

  @AfterEach
  void sumsAndChargesAreThoseOfTheUnits() {
    world.addsUp();
  }

  @Test
  void metricsAloneWaitAndThenCountAndSaySo() {
    world.accept(claude().tokens("10:00:00", "10:01:00", 1_000, 200).evidence());
    assertThat(world.states()).isEqualTo(Map.of("WAITING", 1L));
    assertThat(world.charged()).isEmpty();

    world.sweep();

    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));
    assertThat(flags()).contains("WINDOW", "STANDS_IN");
  }

  /** Cumulative: 1,000 and 200 in the first hour; in the second 2,000 and 200 more. */
  @Test
  void aCumulativeSeriesIsChargedHourByHourByItsIncrements() {
    List<Evidence> points =
        claude()
            .tokens("10:00:00", "10:01:00", 600, 200)
            .tokens("10:00:00", "10:02:00", 1_000, 200)
            .tokens("10:00:00", "10:03:00", 1_000, 200)
            .tokens("10:00:00", "11:01:00", 3_000, 400)
            .evidence();
    points.forEach(point -> world.accept(List.of(point)));
    world.sweep();

    assertThat(inputs()).isEqualTo(Map.of("10", 1_000L, "11", 2_000L));
    // 3,000 × 5 + 400 × 25 = 25,000 per million = 0.025 dollars.
    assertThat(world.charged()).isEqualTo(Map.of("ada", 25_000_000L));
  }

  @Test
  void aPointThatComesLateTakesItsPartFromTheOneAfterIt() {
    world.accept(claude().tokens("10:00:00", "12:01:00", 3_000, 400).evidence());
    world.sweep();
    assertThat(inputs()).isEqualTo(Map.of("12", 3_000L));

    world.accept(claude().tokens("10:00:00", "10:01:00", 1_000, 200).evidence());
    world.accept(claude().tokens("10:00:00", "11:01:00", 1_500, 200).evidence());
    world.sweep();

    assertThat(inputs()).isEqualTo(Map.of("10", 1_000L, "11", 500L, "12", 1_500L));
    assertThat(world.charged()).isEqualTo(Map.of("ada", 25_000_000L));
  }

  @Test
  void resetsAndRestartsBeginAtZero() {
    world.accept(
        claude()
            .point("10:00:00", "10:01:00", "input", 1_000)
            // Falls: it began anew without saying so.
            .point("10:00:00", "10:02:00", "input", 300)
            .point("10:00:00", "10:03:00", "input", 400)
            // A restart says so.
            .point("10:30:00", "10:31:00", "input", 70)
            .point("10:30:00", "11:31:00", "input", 75)
            .evidence());
    world.sweep();

    assertThat(inputs()).isEqualTo(Map.of("10", 1_000L + 400 + 70, "11", 5L));
  }

  @Test
  void processesThatCountAtTheSameTimeAreSeveralSeries() {
    for (String time : List.of("10:01:00", "10:02:00", "10:03:00")) {
      // They differ in nothing that is kept.
      world.accept(
          claude().resource("process.pid", "1").tokens("10:00:00", time, 1_000, 0).evidence());
      world.accept(
          claude().resource("process.pid", "2").tokens("10:00:00", time, 700, 0).evidence());
    }
    world.sweep();

    assertThat(inputs()).isEqualTo(Map.of("10", 1_700L));
  }

  @Test
  void aBetterSignalTakesTheCharge() {
    world.accept(claude().tokens("10:00:00", "10:01:00", 1_000, 200).evidence());
    world.sweep();
    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));

    // The hour ends at 11; a log within an hour after that is the group's.
    world.accept(log("req_1", "11:59:00"));
    world.sweep();

    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 1L, "SUPPRESSED", 1L));
    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));
    assertThat(flags()).contains("COVERED");
  }

  /** OTEL_METRICS_INCLUDE_SESSION_ID=false: the installation is what the signals share then. */
  @Test
  void metricsToldToLeaveTheSessionOutAreNotCountedBesideTheLogs() {
    LogFixture log =
        LogFixture.claude("req_1")
            .at("2026-11-20T10:30:00Z")
            .with("user.id", "installation-1")
            .with("user.email", "ada@example.com");
    world.accept(Captures.read(log.export()).counted());
    Map<String, Long> charged = world.charged();

    for (String installation : List.of("installation-1", "installation-2")) {
      world.accept(
          claude()
              .without("session.id")
              .with("user.id", installation)
              .tokens("10:00:00", "10:31:00", 1_000, 200)
              .evidence());
    }
    world.sweep();

    // The other installation sends no logs.
    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 2L, "SUPPRESSED", 1L));
    assertThat(world.charged()).isEqualTo(Map.of("ada", charged.get("ada") + CALL));
  }

  @Test
  void aSignalFarAwayTakesNothing() {
    world.accept(log("req_1", "12:00:01"));
    world.accept(claude().tokens("10:00:00", "10:01:00", 1_000, 200).evidence());
    world.sweep();

    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 2L));
  }

  @Test
  void windowsTakeTheChargeFromSpansBelowThem() {
    List<Evidence> span = claudeSpan("10:30:00");
    List<Evidence> window = claude().tokens("10:00:00", "10:31:00", 1_000, 200).evidence();

    world.accept(span);
    world.sweep();
    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 1L));
    world.accept(window);
    world.sweep();

    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 1L, "SUPPRESSED", 1L));
    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));
  }

  @Test
  void openclawsMetricCountsAtOnceAndItsSpansDoNot() {
    world.accept(
        SpanFixture.of("openclaw-gateway", "openclaw", "openclaw.model.usage")
            .resource("host.id", "host-1")
            .resource("user.email", "ada@example.com")
            .at("10:30:00")
            .with("openclaw.provider", "anthropic")
            .with("openclaw.model", "claude-opus-4-5")
            .with("openclaw.tokens.input", 1_000)
            .with("openclaw.tokens.output", 200)
            .evidence());
    world.accept(
        MetricFixture.openclaw()
            .tokens("10:00:00", "10:31:00", 1_000, 200)
            .point("10:00:00", "10:31:00", "prompt", 1_000)
            .point("10:00:00", "10:31:00", "total", 1_201)
            .evidence());

    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));
    world.sweep();
    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));
    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 1L, "SUPPRESSED", 1L));
    // 1,000 + 200 is not 1,201.
    assertThat(flags()).contains("SUM_MISMATCH").doesNotContain("STANDS_IN");
  }

  @Test
  void ofSomebodyWithHoldsWindowsOnlyReconcileWhicheverComesFirst() {
    List<Evidence> window = claude().tokens("12:00:00", "12:01:00", 1_000, 200).evidence();
    world.accept(window);
    world.sweep();
    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));

    // Reserved at 12:34:56; it has booked what it cost.
    world.hold(
        World.measured(
            World.settled("ada", "hold-1", 1, HoldOutcome.HOLD_OUTCOME_SETTLED, CALL, "req_9"),
            1_000,
            200));
    world.sweep();

    assertThat(world.charged()).isEmpty();
    assertThat(flags()).contains("RECONCILES_HOLDS");

    world.accept(
        claude().with("session.id", "s-2").tokens("13:00:00", "13:01:00", 5, 5).evidence());
    world.sweep();
    assertThat(world.charged()).isEmpty();
  }

  @Test
  void aSpanAroundACallRepeatsItWhicheverComesFirst() {
    SpanFixture outer = SpanFixture.chat("my-agent", "my-scope").id("outer");
    SpanFixture inner = SpanFixture.chat("my-agent", "my-scope").id("inner").inside("outer");

    world.accept(outer.evidence());
    world.accept(inner.evidence());
    world.sweep();
    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));
    assertThat(flags()).contains("AROUND_CALLS");

    world.onlyAda();
    world.accept(inner.evidence());
    world.accept(outer.evidence());
    world.sweep();
    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));
  }

  /** The same evidence in any order, doubled, and cut into any batches. */
  @Test
  void noOrderRepetitionOrCutChangesWhatIsCharged() {
    long seed = Dose.seed();
    Random random = new Random(seed);
    Map<String, Long> charged = null;
    Set<String> values = null;
    for (int round = 0; round < 10; round++) {
      world.clear();
      world.person("ada", "US", "ada@example.com");
      List<Evidence> sent = new ArrayList<>(mixture());
      if (round > 0) {
        sent.addAll(sent.subList(0, sent.size() / 2));
        Collections.shuffle(sent, random);
      }
      for (int from = 0; from < sent.size(); ) {
        int to = Math.min(sent.size(), from + 1 + random.nextInt(12));
        world.accept(sent.subList(from, to));
        from = to;
        if (random.nextInt(3) == 0) {
          world.sweep();
        }
      }
      world.sweep();

      assertThat(world.wrongSums()).as("seed %d, round %d", seed, round).isEmpty();
      assertThat(world.wrongUnits()).as("seed %d, round %d", seed, round).isEmpty();
      if (round == 0) {
        charged = world.charged();
        values = values();
      } else {
        assertThat(world.charged()).as("seed %d, round %d", seed, round).isEqualTo(charged);
        assertThat(values()).as("seed %d, round %d", seed, round).isEqualTo(values);
      }
    }
    // By hand: of session a the metric, 4,000 in and 400 out = 0.030; of session b three logs, each
    // 0.010; of session c the span alone, 0.010; of the gateway 900 in = 0.0045; nobody else.
    assertThat(charged).isEqualTo(Map.of("ada", 30_000_000L + 3 * CALL + CALL + 4_500_000L));
  }

  private static List<Evidence> mixture() {
    List<Evidence> evidence = new ArrayList<>();
    MetricFixture a = MetricFixture.claude("a");
    MetricFixture b = MetricFixture.claude("b");
    MetricFixture gateway = MetricFixture.openclaw();
    for (int minute = 10; minute < 60; minute += 7) {
      a.tokens("10:00:00", "10:" + minute + ":00", minute * 10L, minute);
      b.tokens("10:00:00", "10:" + minute + ":00", minute * 10L, minute);
      gateway.point("10:00:00", "10:" + minute + ":00", "input", minute * 10L);
    }
    // Falls: began anew at 0. 590 + 3,410 and 59 + 341.
    a.tokens("10:00:00", "11:10:00", 410, 41).tokens("10:00:00", "11:20:00", 3_410, 341);
    gateway.point("10:00:00", "12:10:00", "input", 800).point("12:15:00", "12:20:00", "input", 100);
    evidence.addAll(a.evidence());
    evidence.addAll(b.evidence());
    evidence.addAll(gateway.evidence());
    for (int call = 0; call < 3; call++) {
      evidence.addAll(Logs.log("b", "req_b" + call, "10:3" + call + ":00"));
    }
    evidence.addAll(claudeSpan("15:30:00"));
    return evidence;
  }

  private static MetricFixture claude() {
    return MetricFixture.claude("session-1");
  }

  private static List<Evidence> log(String request, String time) {
    return Logs.log("session-1", request, time);
  }

  private static List<Evidence> claudeSpan(String time) {
    return SpanFixture.of(
            "claude-code", "com.anthropic.claude_code.tracing", "claude_code.llm_request")
        .at(time)
        .with("session.id", "session-1")
        .with("user.email", "ada@example.com")
        .with("model", "claude-opus-4-5")
        .with("input_tokens", 1_000)
        .with("output_tokens", 200)
        .evidence();
  }

  /** Logs of Claude Code: 1,000 in, 200 out. */
  private static final class Logs {
    static List<Evidence> log(String session, String request, String time) {
      LogFixture log =
          LogFixture.claude(request)
              .at("2026-11-20T" + time + "Z")
              .with("session.id", session)
              .with("user.email", "ada@example.com")
              .with("model", "claude-opus-4-5")
              .with("input_tokens", 1_000)
              .with("output_tokens", 200)
              .without(
                  "cache_read_tokens",
                  "cache_creation_tokens",
                  "cache_creation_5m_tokens",
                  "cache_creation_1h_tokens");
      return Captures.read(log.export()).counted();
    }
  }

  /** What was read in each hour in which windows count. */
  private static Map<String, Long> inputs() {
    return world
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select to_char(event_time at time zone 'UTC', 'HH24') as hour,
                          sum((meters->'input'->>0)::bigint) as input
                        from unit_value where is_window and state = 'SETTLED' group by 1
                        """)
                    .map((row, _) -> Map.entry(row.getString("hour"), row.getLong("input")))
                    .collectToMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Set<String> flags() {
    return world
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select distinct jsonb_array_elements_text(flags) from unit_value")
                    .mapTo(String.class)
                    .set());
  }

  private static Set<String> values() {
    return world
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select concat_ws(' ', state, event_time, session, tool, meters, flags)
                        from unit_value
                        """)
                    .mapTo(String.class)
                    .set());
  }
}
