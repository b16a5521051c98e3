package dev.fourthpillar.usage.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.usage.Captures;
import dev.fourthpillar.usage.LogFixture;
import dev.fourthpillar.usage.Tokens;
import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.otlp.OtlpJson;
import dev.fourthpillar.usage.unit.Unit;
import dev.fourthpillar.usage.unit.UnitBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetimingTest {

  private static final Duration SHIFT = Duration.ofMinutes(-90).minusMillis(7);

  static List<String> folders() {
    return Captures.FOLDERS;
  }

  @ParameterizedTest
  @MethodSource("folders")
  void theTotalsOfARunAreItsTotals(String folder) {
    List<ExportRequest> original = Captures.exports(folder, OtlpEncoding.PROTOBUF);
    List<ExportRequest> again = replayed(original, "run-1");

    assertThat(Tokens.byModel(Captures.book(again).units()))
        .isEqualTo(Tokens.byModel(Captures.book(original).units()));
  }

  @Property(tries = 50)
  void noShiftAndNoSaltChangesTotalsOrWhatBelongsTogether(
      @ForAll @IntRange(max = 10) int folder,
      @ForAll @LongRange(min = -2_592_000_000L, max = 0) long shiftMillis,
      @ForAll @AlphaChars @StringLength(min = 1, max = 64) String salt) {
    List<ExportRequest> original =
        Captures.exports(Captures.ofCalls().get(folder), OtlpEncoding.PROTOBUF);
    Retiming retiming = new Retiming(Duration.ofMillis(shiftMillis), salt);
    UnitBook again = Captures.book(original.stream().map(retiming::apply).toList());
    UnitBook before = Captures.book(original);

    assertThat(Tokens.byModel(again.units())).isEqualTo(Tokens.byModel(before.units()));
    assertThat(shape(again)).isEqualTo(shape(before));
  }

  @ParameterizedTest
  @MethodSource("folders")
  void twoRunsAreTwoRuns(String folder) {
    List<ExportRequest> original = Captures.exports(folder, OtlpEncoding.PROTOBUF);
    List<ExportRequest> both = new ArrayList<>(replayed(original, "run-1"));
    both.addAll(replayed(original, "run-2"));
    UnitBook book = Captures.book(both);

    assertThat(book.units()).hasSize(2 * Captures.book(original).units().size());
    assertThat(book.units()).noneMatch(Unit::conflict);
    assertThat(Captures.book(replayed(both, "x")).units()).hasSize(book.units().size());
  }

  /** Hours do not move, so that what a window is called by, and its first point, may change. */
  static List<String> foldersOfCalls() {
    return Captures.ofCalls();
  }

  @ParameterizedTest
  @MethodSource("foldersOfCalls")
  void idsStayConsistentAcrossSignals(String folder) {
    List<ExportRequest> original = Captures.exports(folder, OtlpEncoding.PROTOBUF);
    assertThat(shape(Captures.book(replayed(original, "run-1"))))
        .isEqualTo(shape(Captures.book(original)));
  }

  @ParameterizedTest
  @MethodSource("foldersOfCalls")
  void allTimesMoveByTheShift(String folder) {
    List<ExportRequest> original = Captures.exports(folder, OtlpEncoding.PROTOBUF);
    assertThat(times(Captures.book(replayed(original, "run-1")), Duration.ZERO))
        .isEqualTo(times(Captures.book(original), SHIFT));
  }

  @ParameterizedTest
  @MethodSource("folders")
  void nothingButIdsAndTimesChanges(String folder) throws InvalidProtocolBufferException {
    for (ExportRequest export : Captures.exports(folder, OtlpEncoding.PROTOBUF)) {
      String before = OtlpJson.print(export);
      String after = OtlpJson.print(new Retiming(SHIFT, "run-1").apply(export));
      assertThat(blank(after.replace("-run-1", ""))).isEqualTo(blank(before));
    }
  }

  @Test
  void whoItWasDoesNotChange() {
    List<ExportRequest> original = Captures.exports("claude-identity", OtlpEncoding.PROTOBUF);
    List<String> before = claims(original);
    assertThat(claims(replayed(original, "run-1")))
        .containsExactlyElementsOf(
            before.stream()
                .map(claim -> claim.startsWith("INSTALLATION_ID") ? claim + "-run-1" : claim)
                .toList());
    assertThat(before).anyMatch(claim -> claim.equals("EMAIL engineer-claude@example.test"));
  }

  @Test
  void theStatedTimestampMovesAndKeepsItsForm() {
    ExportRequest log =
        LogFixture.codex().with("event.timestamp", "2026-11-20T16:00:00.500Z").export();
    ExportRequest moved = new Retiming(Duration.ofSeconds(1), "s").apply(log);
    assertThat(Captures.message(moved).toString()).contains("2026-11-20T16:00:01.500Z");
  }

  @Test
  void whatCannotBeKeptIsRefused() {
    assertThatThrownBy(() -> new Retiming(Duration.ofNanos(1), "s"))
        .hasMessageContaining("whole milliseconds");
    assertThatThrownBy(() -> new Retiming(Duration.ZERO, "")).hasMessageContaining("salt");
  }

  private static List<ExportRequest> replayed(List<ExportRequest> exports, String salt) {
    Retiming retiming = new Retiming(SHIFT, salt);
    return exports.stream().map(retiming::apply).toList();
  }

  /** How many reports and ids each call has, whatever they are. */
  private static Map<List<Integer>, Long> shape(UnitBook book) {
    return book.units().stream()
        .collect(
            Collectors.groupingBy(
                unit -> List.of(unit.evidence().size(), unit.aliases().size()),
                Collectors.counting()));
  }

  private static List<Instant> times(UnitBook book, Duration shift) {
    return book.units().stream()
        .map(unit -> unit.pricing().eventTime().plus(shift))
        .sorted()
        .toList();
  }

  private static List<String> claims(List<ExportRequest> exports) {
    return Captures.book(exports).units().getFirst().attribution().claims().stream()
        .map(claim -> claim.kind() + " " + claim.value())
        .toList();
  }

  private static String blank(String json) {
    return json.replaceAll("(\"(?:trace|span|parentSpan)Id\":\")[0-9a-f]+", "$1")
        .replaceAll("(UnixNano\":\")\\d+", "$1")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "T");
  }
}
