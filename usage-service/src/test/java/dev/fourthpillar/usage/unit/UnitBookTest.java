package dev.fourthpillar.usage.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Dimensions;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.evidence.Fingerprint;
import dev.fourthpillar.usage.evidence.GroupKey;
import dev.fourthpillar.usage.evidence.Reporter;
import dev.fourthpillar.usage.evidence.UsageSignal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class UnitBookTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void reportsThatShareAnIdAreOneCall() {
    UnitBook book = new UnitBook();
    book.accept(report(1, Reporter.CLIENT, 10, "req_1"));
    assertThat(book.accept(report(2, Reporter.GATEWAY, 11, "req_1")))
        .isEqualTo(new Acceptance.Joined(1, Set.of()));

    assertThat(book.units())
        .singleElement()
        .satisfies(
            unit -> {
              assertThat(unit.pricing().reporter()).isEqualTo(Reporter.GATEWAY);
              assertThat(unit.attribution().reporter()).isEqualTo(Reporter.CLIENT);
              assertThat(unit.quantities().totalTokens()).isEqualTo(11);
            });
  }

  @Test
  void theSameIdOfAnotherProviderIsAnotherCall() {
    UnitBook book = new UnitBook();
    book.accept(report(1, Reporter.CLIENT, 10, Set.of(new Alias("anthropic", "1"))));
    book.accept(report(2, Reporter.GATEWAY, 10, Set.of(new Alias("openai", "1"))));
    assertThat(book.units()).hasSize(2);
  }

  @Test
  void whenTwoUnitsProveToBeOneTheYoungerIsVoided() {
    UnitBook book = new UnitBook();
    book.accept(report(1, Reporter.CLIENT, 10, "req_1"));
    book.accept(report(2, Reporter.CLIENT, 99, "req_other"));
    book.accept(report(3, Reporter.PROVIDER, 12, "msg_1"));

    // The gateway knows the request and the response id, and so says that they are one call.
    assertThat(book.accept(report(4, Reporter.GATEWAY, 11, "req_1", "msg_1")))
        .isEqualTo(new Acceptance.Joined(1, Set.of(3L)));
    assertThat(book.voided()).isEqualTo(Map.of(3L, 1L));
    assertThat(book.units()).extracting(Unit::number).containsExactly(1L, 2L);
    assertThat(book.units().getFirst().quantities().totalTokens()).isEqualTo(12);
  }

  @Test
  void whatIsVoidedTwiceEndsAtTheSurvivor() {
    UnitBook book = new UnitBook();
    book.accept(report(1, Reporter.CLIENT, 10, "a"));
    book.accept(report(2, Reporter.CLIENT, 10, "b"));
    book.accept(report(3, Reporter.CLIENT, 10, "c"));
    book.accept(report(4, Reporter.GATEWAY, 10, "b", "c"));
    book.accept(report(5, Reporter.GATEWAY, 10, "a", "c"));
    assertThat(book.voided()).isEqualTo(Map.of(2L, 1L, 3L, 1L));
    assertThat(book.units()).singleElement().satisfies(u -> assertThat(u.evidence()).hasSize(5));
  }

  @Property(tries = 500)
  void orderAndRepetitionChangeNothing(
      @ForAll("reports") List<Evidence> reports, @ForAll long seed) {
    Random random = new Random(seed);
    List<Evidence> shuffled = new ArrayList<>(reports);
    for (Evidence report : reports) {
      if (random.nextBoolean()) {
        shuffled.add(report);
      }
    }
    Collections.shuffle(shuffled, random);

    assertThat(outcome(shuffled)).isEqualTo(outcome(reports));
  }

  @Property(tries = 500)
  void everyReportIsInExactlyOneUnitAndNoTwoUnitsShareAnId(
      @ForAll("reports") List<Evidence> reports) {
    UnitBook book = new UnitBook();
    reports.forEach(book::accept);
    List<Unit> all = new ArrayList<>(book.units());
    all.addAll(book.unelected());

    assertThat(all.stream().flatMap(unit -> unit.evidence().stream()).toList())
        .containsExactlyInAnyOrderElementsOf(
            reports.stream().map(Evidence::key).collect(Collectors.toSet()));
    assertThat(all.stream().flatMap(unit -> unit.aliases().stream()).toList())
        .doesNotHaveDuplicates();
    assertThat(all).allMatch(unit -> !book.voided().containsKey(unit.number()));
  }

  @Provide
  Arbitrary<List<Evidence>> reports() {
    Arbitrary<Set<Alias>> aliases =
        Arbitraries.integers()
            .between(0, 12)
            .map(number -> new Alias("anthropic", "id" + number))
            .set()
            .ofMaxSize(3);
    return Combinators.combine(
            Arbitraries.integers().between(0, 15),
            Arbitraries.of(Reporter.class),
            Arbitraries.longs().between(1, 3),
            aliases,
            Arbitraries.of(UsageSignal.class))
        .as(UnitBookTest::report)
        .list()
        .ofMaxSize(25);
  }

  /**
   * Which reports are one call, and with which numbers: all there is but for the order of creation.
   */
  private static Map<Set<EvidenceKey>, List<Object>> outcome(List<Evidence> reports) {
    UnitBook book = new UnitBook();
    reports.forEach(book::accept);
    Map<Set<EvidenceKey>, List<Object>> outcome = new HashMap<>();
    for (Unit unit : book.units()) {
      outcome.put(unit.evidence(), facts("counted", unit));
    }
    for (Unit unit : book.unelected()) {
      outcome.put(unit.evidence(), facts("unelected", unit));
    }
    return outcome;
  }

  private static List<Object> facts(String state, Unit unit) {
    return List.of(
        state,
        unit.aliases(),
        unit.quantities(),
        unit.pricing().key(),
        unit.attribution().key(),
        unit.conflict());
  }

  private static Evidence report(int key, Reporter reporter, long output, String... ids) {
    return report(
        key,
        reporter,
        output,
        Set.of(ids).stream()
            .map(id -> new Alias("anthropic", id))
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static Evidence report(int key, Reporter reporter, long output, Set<Alias> aliases) {
    return report(key, reporter, output, aliases, UsageSignal.CLAUDE_CODE_API_REQUEST_LOG);
  }

  private static Evidence report(
      int key, Reporter reporter, long output, Set<Alias> aliases, UsageSignal signal) {
    List<String> requestKey = List.of(reporter.name(), Integer.toString(key));
    return new Evidence(
        EvidenceKey.of("claude-code", signal, NOON, requestKey),
        Fingerprint.of(List.of(Long.toString(output))),
        signal,
        reporter,
        new GroupKey("claude-code", "session"),
        aliases,
        NOON,
        "anthropic",
        Optional.of("claude-sonnet-4-5"),
        Quantities.of(TokenMeter.OUTPUT, output),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        new Dimensions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of()),
        Set.of());
  }
}
