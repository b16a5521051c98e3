package dev.fourthpillar.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fourthpillar.cli.replay.Replayer.Outcome;
import dev.fourthpillar.cli.replay.Totals.Model;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Recorded runs on the whole suite: what their provider counted is what QueryUsage says, however
 * often, in whichever order and over whichever protocol they are sent.
 */
@Tag("suite")
final class ReplaySuiteTest {
  private static final Path RUNS =
      Path.of(System.getProperty("fourthpillar.home"), "usage-service/src/test/resources/otlp");

  /** Before the first of them was recorded: sent raw, they are as old as today makes them. */
  private static final Instant RECORDED = Instant.parse("2026-11-20T00:00:00Z");

  /** Of different models or quarters of an hour, so that one look tells them apart. */
  private static final List<String> NAMES =
      List.of(
          "claude-identity", "codex-identity", "gemini-tools", "openclaw-multi", "copilot-tools");

  @Test
  void whatTheProviderCountedIsWhatIsCounted() throws Exception {
    try (Suite suite =
        Suite.start(
            SuiteOptions.temporary().recordingUsageSince(RECORDED, Instant.now()),
            SuiteListener.SILENT)) {
      Replayer replayer = new Replayer(suite.ports(), suite.tokens());

      for (String name : NAMES) {
        Map<String, Model> once = run(replayer, order(name, Protocol.GRPC, true, false, 1));
        Map<String, Model> twiceBackwards =
            run(replayer, order(name, Protocol.HTTP_JSON, true, true, 2));
        Map<String, Model> again =
            run(replayer, order(name, Protocol.HTTP_PROTOBUF, true, false, 1));

        expected(name)
            .forEach(
                (model, counts) -> {
                  assertThat(counts(name, once.get(model))).as("%s, once", name).isEqualTo(counts);
                  assertThat(counts(name, twiceBackwards.get(model)))
                      .as("%s, twice and the last one first", name)
                      .isEqualTo(counts);
                  assertThat(counts(name, again.get(model)))
                      .as("%s, over a third protocol", name)
                      .isEqualTo(counts);
                });
      }

      anotherRunIsAnotherRun(replayer);
    }
  }

  private static void anotherRunIsAnotherRun(Replayer replayer) throws Exception {
    Outcome first =
        replayer.run(order("claude-identity", Protocol.GRPC, false, false, 1), Instant.now());
    Outcome second =
        replayer.run(
            new ReplayOrder(
                RUNS.resolve("claude-identity"),
                Protocol.GRPC,
                false,
                "another",
                false,
                1,
                1,
                Optional.empty()),
            Instant.now());

    long calls = byModel(first).values().stream().mapToLong(Model::requests).sum();
    assertThat(byModel(second).values().stream().mapToLong(Model::requests).sum())
        .as("a second run of one call")
        .isEqualTo(calls + 1);
  }

  private static ReplayOrder order(
      String name, Protocol protocol, boolean raw, boolean reversed, int times) {
    return new ReplayOrder(
        RUNS.resolve(name), protocol, raw, "one", reversed, times, 1, Optional.empty());
  }

  private static Map<String, Model> run(Replayer replayer, ReplayOrder order) throws Exception {
    Outcome outcome = replayer.run(order, Instant.now());
    assertThat(outcome.warnings()).isEmpty();
    return byModel(outcome);
  }

  /** Models without their provider, which sources spell differently. */
  private static Map<String, Model> byModel(Outcome outcome) {
    Map<String, Model> models = new TreeMap<>();
    outcome.totals().byModel().forEach((name, model) -> models.put(bare(name), model));
    return models;
  }

  private static Map<String, List<Long>> expected(String name) throws IOException {
    JsonNode truth =
        new ObjectMapper()
            .readTree(Files.readString(RUNS.resolve(name).resolve("expected.json")))
            .get("byModel");
    Map<String, List<Long>> expected = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : truth.properties()) {
      JsonNode counts = field.getValue();
      expected.put(
          bare(field.getKey()),
          List.of(
              tellsRequests(name) ? counts.get("requests").asLong() : 0,
              counts.get("input").asLong(),
              counts.get("cacheRead").asLong(),
              counts.get("cacheWrite").asLong(),
              counts.get("output").asLong(),
              counts.get("reasoning").asLong()));
    }
    return expected;
  }

  /** A metric does not tell requests apart. */
  private static boolean tellsRequests(String name) {
    return !name.startsWith("openclaw");
  }

  private static List<Long> counts(String name, Model model) {
    return List.of(
        tellsRequests(name) ? model.requests() : 0,
        model.input(),
        model.cacheRead(),
        model.cacheWrite(),
        model.output(),
        model.reasoning());
  }

  private static String bare(String model) {
    return model.substring(model.lastIndexOf('/') + 1);
  }
}
