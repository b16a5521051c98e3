package dev.fourthpillar.usage.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.testkit.Dose;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.usage.Captures;
import dev.fourthpillar.usage.MetricFixture;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.normalise.Readings;
import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.unit.Acceptance;
import dev.fourthpillar.usage.unit.Unit;
import dev.fourthpillar.usage.unit.UnitBook;
import dev.fourthpillar.usage.unit.UnitEvidence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is stored is what the reference model says, whoever sends what when and how often. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/usage"})
class IntakeTest {

  private static final int SENDERS = 6;

  private static StoredUnits units;

  @BeforeAll
  static void start(TestDatabase database) {
    units = StoredUnits.on(database, Captures.RECEIVED_AT);
  }

  @AfterAll
  static void stop() {
    units.close();
  }

  @BeforeEach
  void empty() {
    units.clear();
  }

  @Test
  void everyRecordedRunShuffledAndDoubledAndCutAnewIsTheModel() {
    long seed = Dose.seed();
    Random random = new Random(seed);
    for (String folder : Captures.FOLDERS) {
      units.clear();
      List<Evidence> reports = evidence(folder);
      List<Evidence> sent = new ArrayList<>(reports);
      sent.addAll(reports);
      Collections.shuffle(sent, random);

      cut(sent, random).forEach(batch -> units.accept(batch, Captures.RECEIVED_AT));

      assertIsModel(folder + ", seed " + seed, reports);
    }
  }

  @Test
  void reportsThatJoinCallsInEveryWayAreTheModel() {
    long seed = Dose.seed();
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      units.clear();
      List<Evidence> reports = Reports.tangled(random, 40);
      List<Evidence> sent = new ArrayList<>(reports);
      sent.addAll(reports.subList(0, 20));
      Collections.shuffle(sent, random);

      cut(sent, random).forEach(batch -> units.accept(batch, Captures.RECEIVED_AT));

      assertIsModel("seed " + seed + ", round " + round, reports);
    }
  }

  @Test
  void sendersAtTheSameTimeNeitherDeadlockNorCountTwice() throws Exception {
    long seed = Dose.seed();
    Random random = new Random(seed);
    for (int round = 0; round < 8; round++) {
      units.clear();
      List<Evidence> reports = Reports.tangled(random, 120);
      List<Callable<Void>> senders = new ArrayList<>();
      for (int sender = 0; sender < SENDERS; sender++) {
        List<Evidence> all = new ArrayList<>(reports);
        Collections.shuffle(all, random);
        // Every report comes from at least half of the senders, in other company each time.
        List<Evidence> own = all.subList(0, sender == 0 ? all.size() : all.size() / 2);
        List<List<Evidence>> batches = cut(own, random);
        senders.add(
            () -> {
              batches.forEach(batch -> units.accept(batch, Captures.RECEIVED_AT));
              return null;
            });
      }

      try (ExecutorService threads = Executors.newFixedThreadPool(SENDERS)) {
        for (Future<Void> sent : threads.invokeAll(senders)) {
          sent.get();
        }
      }

      assertIsModel("seed " + seed + ", round " + round, reports);
    }
  }

  /** What a point adds depends on the one before it, which another sender may just be writing. */
  @Test
  void sendersOfOneSeriesAtTheSameTimeMissNoPointBeforeAnother() throws Exception {
    Random random = new Random(Dose.seed());
    for (int round = 0; round < 8; round++) {
      units.clear();
      MetricFixture series = MetricFixture.claude("session-" + round);
      for (int hour = 10; hour < 16; hour++) {
        for (int minute = 10; minute < 60; minute += 20) {
          int value = hour * 60 + minute;
          series.tokens("10:00:00", hour + ":" + minute + ":00", value, value / 2);
        }
      }
      List<Evidence> points = series.evidence();
      List<Callable<Void>> senders = new ArrayList<>();
      for (int sender = 0; sender < SENDERS; sender++) {
        List<Evidence> own = new ArrayList<>(points);
        Collections.shuffle(own, random);
        List<List<Evidence>> batches = cut(own, random);
        senders.add(
            () -> {
              batches.forEach(batch -> units.accept(batch, Captures.RECEIVED_AT));
              return null;
            });
      }
      try (ExecutorService threads = Executors.newFixedThreadPool(SENDERS)) {
        for (Future<Void> sent : threads.invokeAll(senders)) {
          sent.get();
        }
      }

      assertIsModel("round " + round, points);
    }
  }

  @Test
  void eachReportIsToldWhatItDid() {
    Evidence first = Reports.client(1, 10, "req_1");
    Evidence other = Reports.client(2, 20, "req_2");
    Evidence gateway = Reports.gateway(3, 10, "req_1", "msg_1");
    Evidence joining = Reports.gateway(4, 10, "msg_1", "req_2");

    List<Acceptance> opened = units.accept(List.of(first, other, first), Captures.RECEIVED_AT);
    long one = opened.get(0).unit();
    long two = opened.get(1).unit();

    assertThat(opened)
        .containsExactly(
            new Acceptance.Opened(one), new Acceptance.Opened(two), new Acceptance.Duplicate(one));
    assertThat(units.accept(List.of(gateway, other), Captures.RECEIVED_AT))
        .containsExactly(new Acceptance.Joined(one, Set.of()), new Acceptance.Duplicate(two));
    assertThat(units.accept(List.of(joining), Captures.RECEIVED_AT))
        .containsExactly(new Acceptance.Joined(one, Set.of(two)));
    assertThat(units.valued().get(two).mergedInto()).hasValue(one);
    assertThat(units.valued().get(two).evidence()).isEmpty();
  }

  @Test
  void whatAReportSaysIsKeptToTheLetter() {
    Evidence odd = Reports.recorded("gate\\way", "tab\tline\nreturn\r\\N\\.", 10);

    long unit = units.accept(List.of(odd), Captures.RECEIVED_AT).getFirst().unit();

    assertThat(units.stored())
        .singleElement()
        .satisfies(stored -> assertThat(stored.evidence()).containsExactly(odd));
    assertThat(units.accept(List.of(odd), Captures.RECEIVED_AT))
        .containsExactly(new Acceptance.Duplicate(unit));
  }

  @Test
  void anExactResendIsNotValuedAgain() {
    List<Evidence> batch = List.of(Reports.client(1, 10, "req_1"), Reports.client(2, 20, "req_2"));
    units.accept(batch, Captures.RECEIVED_AT);
    int before = units.valuations();

    units.accept(batch, Captures.RECEIVED_AT.plusSeconds(60));

    assertThat(units.valuations()).isEqualTo(before);
  }

  @Test
  void theSameKeyWithOtherContentIsKeptBesideItAndCountsOnce() {
    Evidence first = Reports.client(1, 10, "req_1");
    Evidence changed = Reports.client(1, 11, "req_1");
    long unit = units.accept(List.of(first), Captures.RECEIVED_AT).getFirst().unit();

    assertThat(units.accept(List.of(changed), Captures.RECEIVED_AT))
        .containsExactly(new Acceptance.Conflict(unit));
    assertThat(units.stored())
        .singleElement()
        .satisfies(
            stored -> {
              assertThat(stored.conflict()).isTrue();
              assertThat(stored.evidence()).hasSize(2);
            });
    assertIsModel("conflict", List.of(first, changed));
  }

  @Test
  void aUsedIdOfOurOwnApiKeepsItsFirstContent() {
    Evidence first = Reports.recorded("gateway", "usage-1", 10);
    Evidence changed = Reports.recorded("gateway", "usage-1", 11);
    Evidence another = Reports.recorded("another-gateway", "usage-1", 12);

    List<Acceptance> told =
        units.accept(List.of(first, changed, another, first), Captures.RECEIVED_AT);
    long unit = told.getFirst().unit();

    assertThat(told.get(1)).isEqualTo(new Acceptance.Conflict(unit));
    assertThat(told.get(2)).isInstanceOf(Acceptance.Opened.class);
    assertThat(told.get(3)).isEqualTo(new Acceptance.Duplicate(unit));
    assertThat(units.accept(List.of(changed), Captures.RECEIVED_AT))
        .containsExactly(new Acceptance.Conflict(unit));
    assertThat(units.valued().get(unit).pricing().quantities().totalTokens()).isEqualTo(10);
    assertThat(rejections()).containsExactly("CONFLICT 2");
  }

  @Test
  void aReportThatNamesAHoldAndTheHoldAreOneCall() {
    Evidence recorded = Reports.recorded("gateway", "usage-1", 10, "ada", "hold-1");
    Evidence hold = Reports.hold("ada", "hold-1", 1, 9);
    Evidence later = Reports.hold("ada", "hold-1", 2, 10);
    Evidence ofSomebodyElse = Reports.hold("bob", "hold-1", 1, 9);

    long unit = units.accept(List.of(hold), Captures.RECEIVED_AT).getFirst().unit();
    units.accept(List.of(ofSomebodyElse, recorded), Captures.RECEIVED_AT);
    units.accept(List.of(later), Captures.RECEIVED_AT);

    UnitEvidence call = units.valued().get(unit);
    assertThat(call.evidence()).containsExactlyInAnyOrder(recorded, hold, later);
    assertThat(call.settledHold()).isEqualTo(later.hold());
    assertThat(call.holdMatch()).contains(dev.fourthpillar.usage.unit.HoldMatch.HOLD_ID);
    assertThat(call.conflict()).isFalse();
    assertThat(units.valued()).hasSize(2);
  }

  private static List<String> rejections() {
    return units
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select reason || ' ' || times from rejected_evidence")
                    .mapTo(String.class)
                    .list());
  }

  private static List<Evidence> evidence(String folder) {
    List<Evidence> evidence = new ArrayList<>();
    for (ExportRequest export : Captures.exports(folder, OtlpEncoding.PROTOBUF)) {
      Readings readings = Captures.read(export);
      Stream.of(readings.counted(), readings.lower()).flatMap(List::stream).forEach(evidence::add);
    }
    return evidence;
  }

  private static List<List<Evidence>> cut(List<Evidence> reports, Random random) {
    List<List<Evidence>> batches = new ArrayList<>();
    int from = 0;
    while (from < reports.size()) {
      int to = Math.min(reports.size(), from + 1 + random.nextInt(7));
      batches.add(reports.subList(from, to));
      from = to;
    }
    return batches;
  }

  private static void assertIsModel(String what, List<Evidence> reports) {
    UnitBook book = new UnitBook();
    reports.forEach(book::accept);
    Map<Set<EvidenceKey>, List<Object>> model = new HashMap<>();
    book.units().forEach(unit -> model.put(unit.evidence(), facts(true, unit)));
    book.unelected().forEach(unit -> model.put(unit.evidence(), facts(false, unit)));

    assertThat(essence(units.stored())).as(what).isEqualTo(model);
    assertThat(essence(units.valued().values())).as("valued: " + what).isEqualTo(model);
  }

  private static List<Object> facts(boolean counted, Unit unit) {
    return List.of(
        counted,
        unit.aliases(),
        unit.pricing(),
        unit.attribution(),
        unit.conflict(),
        unit.quantities());
  }

  private static Map<Set<EvidenceKey>, List<Object>> essence(Iterable<UnitEvidence> stored) {
    Map<Set<EvidenceKey>, List<Object>> essence = new HashMap<>();
    for (UnitEvidence unit : stored) {
      if (unit.mergedInto().isPresent()) {
        assertThat(unit.evidence()).isEmpty();
        continue;
      }
      Set<EvidenceKey> keys = new HashSet<>();
      Set<Alias> aliases = new HashSet<>();
      unit.evidence()
          .forEach(
              report -> {
                keys.add(report.key());
                aliases.addAll(report.joins());
              });
      essence.put(
          keys,
          List.of(
              unit.counted(),
              aliases,
              unit.pricing(),
              unit.attribution(),
              unit.conflict(),
              unit.quantities()));
    }
    return essence;
  }
}
