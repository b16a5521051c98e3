package dev.fourthpillar.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.normalise.Readings;
import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.telemetry.IgnoreReason;
import dev.fourthpillar.usage.unit.Unit;
import dev.fourthpillar.usage.unit.UnitBook;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real clients said it two to five times; the provider's own ledger says what was used. */
class CaptureTotalsTest {

  /** How the files of a run may arrive. */
  enum Delivery {
    IN_ORDER,
    TWICE,
    EVERY_FILE_DOUBLED,
    REVERSED;

    List<ExportRequest> of(List<ExportRequest> exports) {
      return switch (this) {
        case IN_ORDER -> exports;
        case TWICE -> Stream.concat(exports.stream(), exports.stream()).toList();
        case EVERY_FILE_DOUBLED ->
            exports.stream().flatMap(export -> Stream.of(export, export)).toList();
        case REVERSED -> exports.reversed();
      };
    }
  }

  static Stream<Arguments> deliveries() {
    return Captures.FOLDERS.stream()
        .flatMap(
            folder ->
                Stream.of(OtlpEncoding.values())
                    .flatMap(
                        encoding ->
                            Stream.of(Delivery.values())
                                .map(delivery -> Arguments.of(folder, encoding, delivery))));
  }

  static Stream<String> folders() {
    return Captures.FOLDERS.stream();
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void totalsByModelAndKindAreTheTruth(String folder, OtlpEncoding encoding, Delivery delivery) {
    UnitBook book = Captures.book(delivery.of(Captures.exports(folder, encoding)));

    assertThat(Tokens.byModel(book.units())).isEqualTo(Tokens.expectedByModel(folder));
    assertThat(book.units()).noneMatch(Unit::conflict);
  }

  static Stream<String> foldersOfCalls() {
    return Captures.ofCalls().stream();
  }

  @ParameterizedTest
  @MethodSource("foldersOfCalls")
  void everyRequestIsTheProvidersOwnUsageObject(String folder) {
    UnitBook book = Captures.book(Captures.exports(folder, OtlpEncoding.PROTOBUF));

    assertThat(book.units().stream().map(unit -> Tokens.of(unit.quantities())))
        .containsExactlyInAnyOrderElementsOf(
            Captures.ledger(folder).stream()
                .map(answer -> Tokens.ofLedger(answer).asToldBy(folder))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("folders")
  void everyRecordHasExactlyOneReading(String folder) {
    for (ExportRequest export : Captures.exports(folder, OtlpEncoding.PROTOBUF)) {
      assertThat(Captures.read(export).total()).isEqualTo(records(export));
      assertThat(Captures.read(export).rejected()).isEmpty();
      assertThat(Captures.read(export).ignored())
          .doesNotContainKeys(IgnoreReason.UNRECOGNISED_USAGE, IgnoreReason.UNKNOWN_TOOL);
    }
  }

  @Test
  void claudeRequestIdsAreAliasesAndTheSpansJoinTheirLogs() {
    UnitBook book = Captures.book(Captures.exports("claude-tools", OtlpEncoding.PROTOBUF));

    assertThat(book.units())
        .allSatisfy(unit -> assertThat(unit.evidence()).hasSize(2))
        .flatExtracting(Unit::aliases)
        .extracting(Alias::id)
        .containsExactlyInAnyOrder(
            "req_fake000001", "req_fake000002", "req_fake000003", "req_fake000004");
    assertThat(lowerCalls(book)).isEmpty();
  }

  @Test
  void aSubAgentsTokensHangUnderItsSession() {
    UnitBook book = Captures.book(Captures.exports("claude-agent", OtlpEncoding.PROTOBUF));

    assertThat(book.units().stream().map(unit -> unit.attribution().dimensions()))
        .filteredOn(dimensions -> dimensions.subAgent())
        .singleElement()
        .satisfies(
            dimensions -> {
              assertThat(dimensions.agent()).contains("general-purpose");
              assertThat(dimensions.agentId()).contains("a664511a52cb3c91f");
              assertThat(dimensions.session()).contains("4344a492-481b-4805-955c-0c3a24118e9c");
              assertThat(dimensions.prompt()).contains("06cf7765-59a7-4638-bfd9-528002e57131");
              assertThat(dimensions.tags())
                  .isEqualTo(Map.of("team.id", "platform", "cost_center", "cc-42"));
            });
  }

  @Test
  void theOtherSignalsAreRecognisedAndTallied() {
    assertThat(ignored("claude-agent"))
        .containsEntry(IgnoreReason.METRIC_REPEATS_LOG, 2L)
        .containsEntry(IgnoreReason.LOG_REPEATS_LOG, 1L)
        .doesNotContainKey(IgnoreReason.UNKNOWN_TOOL);
    assertThat(ignored("codex-deltas"))
        .containsEntry(IgnoreReason.STREAM_CHUNK, 204L)
        .containsEntry(IgnoreReason.WITHOUT_NUMBERS, 1L)
        .doesNotContainKey(IgnoreReason.UNKNOWN_TOOL);
    assertThat(ignored("codex-identity"))
        .doesNotContainKey(IgnoreReason.METRIC_REPEATS_LOG)
        .doesNotContainKey(IgnoreReason.UNKNOWN_TOOL);
    assertThat(ignored("gemini-tools"))
        .containsEntry(IgnoreReason.METRIC_REPEATS_LOG, 2L)
        .containsEntry(IgnoreReason.WITHOUT_NUMBERS, 4L)
        .doesNotContainKey(IgnoreReason.UNKNOWN_TOOL);
    // Two histograms for percentiles.
    assertThat(ignored("copilot-tools"))
        .containsEntry(IgnoreReason.METRIC_REPEATS_LOG, 2L)
        .containsEntry(IgnoreReason.SPAN_REPEATS_LOG, 1L);
    assertThat(ignored("aisdk-default")).containsEntry(IgnoreReason.SPAN_REPEATS_LOG, 3L);
  }

  @Test
  void codexAndGeminiSayTheSameCallOnceMoreWithoutAnIdThatJoins() {
    assertThat(lowerCalls(Captures.book(Captures.exports("codex-identity", OtlpEncoding.PROTOBUF))))
        .singleElement()
        .satisfies(
            unit ->
                assertThat(Tokens.of(unit.quantities()))
                    .isEqualTo(new Tokens(1, 1101, 21009, 0, 0, 0, 598, 45)));
    assertThat(lowerCalls(Captures.book(Captures.exports("gemini-tools", OtlpEncoding.PROTOBUF))))
        .hasSize(4)
        .allSatisfy(
            unit -> assertThat(unit.pricing().flags()).contains(EvidenceFlag.CACHE_SPLIT_UNKNOWN))
        .flatExtracting(Unit::aliases)
        .contains(new Alias("gemini", "gem_fake1"));
  }

  /** The metric of every run that has one says what the counted signal says, by another way. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "claude-agent",
        "claude-tools",
        "claude-tools-slow-cumulative",
        "codex-identity",
        "gemini-tools",
        "gemini-tools-http",
        "copilot-tools"
      })
  void windowsAreTheTruthAsWell(String folder) {
    List<ExportRequest> metrics =
        Captures.exports(folder, OtlpEncoding.PROTOBUF).stream()
            .filter(ExportRequest.Metrics.class::isInstance)
            .toList();
    Map<String, Tokens> expected = new TreeMap<>();
    Tokens.expectedByModel(folder)
        .forEach((model, tokens) -> expected.put(model, tokens.withoutLives().withoutRequests()));

    assertThat(Tokens.byModel(Captures.book(metrics).unelected())).isEqualTo(expected);
    assertThat(Tokens.byModel(Captures.book(metrics.reversed()).unelected())).isEqualTo(expected);
  }

  private static List<Unit> lowerCalls(UnitBook book) {
    return book.unelected().stream().filter(unit -> unit.pricing().point().isEmpty()).toList();
  }

  @Test
  void theSameTelemetryMakesTheSameEvidenceInBothEncodings() {
    for (String folder : Captures.FOLDERS) {
      assertThat(evidence(folder, OtlpEncoding.JSON))
          .isEqualTo(evidence(folder, OtlpEncoding.PROTOBUF))
          .isNotEmpty();
    }
  }

  private static List<Object> evidence(String folder, OtlpEncoding encoding) {
    List<Object> evidence = new ArrayList<>();
    for (ExportRequest export : Captures.exports(folder, encoding)) {
      Readings readings = Captures.read(export);
      evidence.addAll(readings.counted());
      evidence.addAll(readings.lower());
    }
    return evidence;
  }

  private static Map<IgnoreReason, Long> ignored(String folder) {
    Map<IgnoreReason, Long> ignored = new EnumMap<>(IgnoreReason.class);
    for (ExportRequest export : Captures.exports(folder, OtlpEncoding.PROTOBUF)) {
      new HashMap<>(Captures.read(export).ignored())
          .forEach((reason, count) -> ignored.merge(reason, count, Long::sum));
    }
    return ignored;
  }

  private static long records(ExportRequest export) {
    return switch (export) {
      case ExportRequest.Logs logs ->
          logs.request().getResourceLogsList().stream()
              .flatMap(resource -> resource.getScopeLogsList().stream())
              .mapToLong(scope -> scope.getLogRecordsCount())
              .sum();
      case ExportRequest.Traces traces ->
          traces.request().getResourceSpansList().stream()
              .flatMap(resource -> resource.getScopeSpansList().stream())
              .mapToLong(scope -> scope.getSpansCount())
              .sum();
      case ExportRequest.Metrics metrics ->
          metrics.request().getResourceMetricsList().stream()
              .flatMap(resource -> resource.getScopeMetricsList().stream())
              .flatMap(scope -> scope.getMetricsList().stream())
              .mapToLong(
                  metric ->
                      metric.getSum().getDataPointsCount()
                          + metric.getGauge().getDataPointsCount()
                          + metric.getHistogram().getDataPointsCount())
              .sum();
    };
  }
}
