package dev.fourthpillar.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.normalise.Readings;
import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.settle.World;
import dev.fourthpillar.usage.v1.QueryUsageRequest;
import dev.fourthpillar.usage.v1.UsageDimension;
import dev.fourthpillar.usage.v1.UsageGroup;
import dev.fourthpillar.usage.v1.UsageQueryServiceGrpc;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The recorded runs, through the database and out of the API, are what their providers said. */
@PostgresTest
class CaptureSumsTest {
  private static World world;

  @BeforeAll
  static void start(TestDatabase database) {
    world = World.start(database);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void totalsByModelAndKindAreTheTruthInEveryOrder() {
    for (String folder : Captures.FOLDERS) {
      List<ExportRequest> exports = Captures.exports(folder, OtlpEncoding.PROTOBUF);
      for (List<ExportRequest> order : List.of(exports, exports.reversed())) {
        world.clear();
        order.forEach(export -> world.accept(evidence(export)));
        world.sweep();

        Map<String, Tokens> totals = totals();
        if (folder.equals(Captures.WINDOWS)) {
          totals.replaceAll((_, tokens) -> tokens.withoutRequests());
        }
        assertThat(totals).as(folder).isEqualTo(Tokens.expectedByModel(folder));
        assertThat(world.wrongSums()).as(folder).isEmpty();
      }
    }
  }

  /** An installation that exports one signal only is counted by the next best, and it says so. */
  @Test
  void whereOnlyOneSignalIsSentItCounts() {
    for (String folder :
        List.of(
            "claude-tools", "claude-agent", "codex-identity", "copilot-tools", "gemini-tools")) {
      countsAlone(folder, ExportRequest.Metrics.class, Tokens::withoutRequests);
    }
    for (String folder : List.of("claude-tools", "claude-agent", Captures.WINDOWS)) {
      countsAlone(folder, ExportRequest.Traces.class, tokens -> tokens);
    }
  }

  /** A run of a person who is known, told to others. */
  @Test
  void noContentIsToldToAnybody() {
    world.clear();
    world.person("ada", "US", "engineer-claude@example.test");
    Captures.exports("claude-identity", OtlpEncoding.PROTOBUF)
        .forEach(export -> world.accept(evidence(export)));
    world.sweep();

    assertThat(world.told()).isNotEmpty();
    assertThat(world.told().toString())
        .contains("claude-sonnet-4-5")
        .doesNotContain("You are a test client.", "TOOL_TURNS", "--output-format", "@example.test");
  }

  /** Codex CLI's spans name no model: what they say is counted, and has no price. */
  @Test
  void callsWithoutAModelAreCountedUnderNone() {
    world.clear();
    Captures.exports("codex-identity", OtlpEncoding.PROTOBUF).stream()
        .filter(ExportRequest.Traces.class::isInstance)
        .forEach(export -> world.accept(evidence(export)));
    world.sweep();

    assertThat(totals()).isEqualTo(Map.of("", Tokens.truth("codex-identity").get("gpt-5.4")));
  }

  private static void countsAlone(
      String folder, Class<? extends ExportRequest> signal, UnaryOperator<Tokens> told) {
    world.clear();
    Captures.exports(folder, OtlpEncoding.PROTOBUF).stream()
        .filter(signal::isInstance)
        .forEach(export -> world.accept(evidence(export)));
    world.sweep();

    Map<String, Tokens> expected = Tokens.truth(folder);
    expected.replaceAll((_, tokens) -> told.apply(tokens.withoutLives()));
    Map<String, Tokens> totals = totals();
    totals.replaceAll((_, tokens) -> told.apply(tokens));
    assertThat(totals).as("%s of %s", signal.getSimpleName(), folder).isEqualTo(expected);
    assertThat(countedInSilence()).as("%s of %s", signal.getSimpleName(), folder).isZero();
    assertThat(world.wrongSums()).as(folder).isEmpty();
  }

  /** Units that count by the signal that counts, or do not say that they do not. */
  private static long countedInSilence() {
    return world
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select count(*) from unit_value
                        where state not in ('SUPPRESSED', 'VOID') and not flags @> '["STANDS_IN"]'
                        """)
                    .mapTo(Long.class)
                    .one());
  }

  private static List<Evidence> evidence(ExportRequest export) {
    Readings readings = Captures.read(export);
    List<Evidence> evidence = new ArrayList<>(readings.counted());
    evidence.addAll(readings.lower());
    return evidence;
  }

  private static Map<String, Tokens> totals() {
    UsageQueryServiceGrpc.UsageQueryServiceBlockingStub usage =
        world
            .service()
            .stub(
                UsageQueryServiceGrpc::newBlockingStub,
                world.service().as("finance", Role.FINANCE));
    Map<String, Tokens> totals = new TreeMap<>();
    usage
        .queryUsage(
            QueryUsageRequest.newBuilder()
                .setStartTime(time("2026-01-01T00:00:00Z"))
                .setEndTime(time("2027-01-01T00:00:00Z"))
                .addGroupBy(UsageDimension.USAGE_DIMENSION_MODEL)
                .build())
        .getGroupsList()
        .forEach(group -> totals.put(name(group.getModel()), tokens(group)));
    return totals;
  }

  private static String name(String model) {
    return model.substring(model.indexOf('/') + 1);
  }

  private static Tokens tokens(UsageGroup group) {
    Map<String, Long> counts = new HashMap<>();
    group.getQuantitiesList().forEach(q -> counts.put(q.getMeter(), q.getQuantity()));
    return new Tokens(
        group.getUnitCount(),
        counts.getOrDefault("input", 0L),
        counts.getOrDefault("cache_read", 0L),
        counts.getOrDefault("cache_write.5m", 0L),
        counts.getOrDefault("cache_write.1h", 0L),
        counts.getOrDefault("cache_write", 0L),
        counts.getOrDefault("output", 0L),
        counts.getOrDefault("reasoning", 0L));
  }

  private static Timestamp time(String instant) {
    return Timestamp.newBuilder().setSeconds(Instant.parse(instant).getEpochSecond()).build();
  }
}
