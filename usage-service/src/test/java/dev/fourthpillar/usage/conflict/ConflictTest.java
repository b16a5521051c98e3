package dev.fourthpillar.usage.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.events.v1.HoldOutcome;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.settle.Usages;
import dev.fourthpillar.usage.settle.World;
import dev.fourthpillar.usage.v1.Conflict;
import dev.fourthpillar.usage.v1.ConflictKind;
import dev.fourthpillar.usage.v1.ConflictingReport;
import dev.fourthpillar.usage.v1.IngestServiceGrpc;
import dev.fourthpillar.usage.v1.ListConflictsRequest;
import dev.fourthpillar.usage.v1.ListConflictsResponse;
import dev.fourthpillar.usage.v1.ReconciliationServiceGrpc;
import dev.fourthpillar.usage.v1.ReconciliationServiceGrpc.ReconciliationServiceBlockingStub;
import dev.fourthpillar.usage.v1.RecordUsageRequest;
import dev.fourthpillar.usage.v1.RecordedUsage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What contradicts something can be read, and says what counts. */
@PostgresTest
class ConflictTest {
  private static World world;
  private static ReconciliationServiceBlockingStub reconciliation;

  @BeforeAll
  static void start(TestDatabase database) {
    world = World.start(database);
    reconciliation = as(Role.FINANCE);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void twoPeopleAreKnown() {
    world.clear();
    world.person("ada", "US", "ada@example.com");
    world.person("bob", "US", "bob@example.com");
  }

  @Test
  void everyContentOfARecordIsListedAndOneCounts() {
    world.report(Usages.call("req_1"), Usages.call("req_1").using(Usages.tokens(1_000, 300)));

    Conflict conflict = only(ListConflictsRequest.getDefaultInstance());

    assertThat(conflict.getKind()).isEqualTo(ConflictKind.CONFLICT_KIND_CONTENT);
    assertThat(conflict.getTool()).isEqualTo("claude-code");
    assertThat(conflict.getUsageTime()).isEqualTo(time(Usages.AT));
    assertThat(conflict.getReportsList())
        .hasSize(2)
        .allSatisfy(report -> assertThat(report.getModel()).isEqualTo("claude-opus-4-5"))
        .extracting(report -> count(report, "output"))
        .containsExactlyInAnyOrder(200L, 300L);
    // 1,000 in and 200 or 300 out: 5,000 and 25,000 nanos a token.
    assertThat(conflict.getReportsList())
        .filteredOn(ConflictingReport::getCounts)
        .singleElement()
        .satisfies(
            counts ->
                assertThat(world.lines("ada"))
                    .extracting(line -> World.nanos(line.getListAmount()))
                    .containsExactly(5_000_000L + 25_000 * count(counts, "output")));
  }

  @Test
  void aUsedIdShowsWhatStandsAndWhatWasRefused() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    RecordedUsage first = recorded(now, "claude-opus-4-5", 1_000);
    RecordedUsage other = recorded(now.minusSeconds(1), "claude-haiku-4-5", 7);
    record(first);
    record(other, other);
    record(other);

    Conflict conflict = only(ListConflictsRequest.getDefaultInstance());

    assertThat(conflict.getKind()).isEqualTo(ConflictKind.CONFLICT_KIND_USAGE_ID);
    assertThat(conflict.getUsageId()).isEqualTo("client/u-1");
    assertThat(conflict.getUnitId()).isNotEmpty();
    // Twice in one request is once.
    assertThat(conflict.getRefusedCount()).isEqualTo(2);
    assertThat(conflict.getReportsList())
        .extracting(
            report -> report.getModel() + " " + count(report, "input") + " " + report.getCounts())
        .containsExactly("claude-opus-4-5 1000 true", "claude-haiku-4-5 7 false");
    assertThat(conflict.getReports(1).getUsageTime()).isEqualTo(time(now.minusSeconds(1)));
  }

  @Test
  void aHoldOfSomebodyElseIsListedWithWhatTheReportsName() {
    world.report(Usages.call("req_1"));
    world.hold(
        World.settled("bob", "h-1", 1, HoldOutcome.HOLD_OUTCOME_SETTLED, 10_000_000L, "req_1"));
    world.sweep();

    Conflict conflict = only(ListConflictsRequest.getDefaultInstance());

    assertThat(conflict.getKind()).isEqualTo(ConflictKind.CONFLICT_KIND_ENGINEER);
    assertThat(conflict.getHoldEngineer()).isEqualTo("bob");
    assertThat(conflict.getHoldId()).isEqualTo("h-1");
    assertThat(conflict.getClaimsList()).contains("EMAIL:ada@example.com");
    assertThat(conflict.getReportsList()).isEmpty();
  }

  @Test
  void theListHasPagesAndFilters() {
    for (String id : List.of("req_1", "req_2", "req_3")) {
      world.report(Usages.call(id), Usages.call(id).using(Usages.tokens(1, 1)));
    }
    world.report(Usages.call("req_4"));
    world.hold(
        World.settled("bob", "h-1", 1, HoldOutcome.HOLD_OUTCOME_SETTLED, 10_000_000L, "req_4"));
    world.sweep();

    ListConflictsRequest twos = ListConflictsRequest.newBuilder().setPageSize(2).build();
    ListConflictsResponse first = reconciliation.listConflicts(twos);
    ListConflictsResponse second =
        reconciliation.listConflicts(
            twos.toBuilder().setPageToken(first.getNextPageToken()).build());
    assertThat(first.getConflictsList()).hasSize(2);
    assertThat(second.getConflictsList())
        .extracting(Conflict::getKind)
        .containsExactly(ConflictKind.CONFLICT_KIND_CONTENT, ConflictKind.CONFLICT_KIND_ENGINEER);
    assertThat(second.getConflictsList()).doesNotContainAnyElementsOf(first.getConflictsList());
    assertThat(second.getNextPageToken()).isEmpty();

    assertThat(
            only(ListConflictsRequest.newBuilder()
                    .setKind(ConflictKind.CONFLICT_KIND_ENGINEER)
                    .build())
                .getHoldId())
        .isEqualTo("h-1");
    assertThat(list(ListConflictsRequest.newBuilder().setTool("codex-cli").build())).isEmpty();
    assertThat(list(ListConflictsRequest.newBuilder().setEndTime(time(Usages.AT)).build()))
        .isEmpty();
    assertThat(list(ListConflictsRequest.newBuilder().setStartTime(time(Usages.AT)).build()))
        .hasSize(4);
    assertThatThrownBy(
            () ->
                list(
                    ListConflictsRequest.newBuilder()
                        .setTool("codex-cli")
                        .setPageToken(first.getNextPageToken())
                        .build()))
        .hasMessageContaining("page_token");
  }

  @Test
  void anEngineerMayNotReadThem() {
    assertThat(
            Refusal.of(
                    () ->
                        as(Role.ENGINEER).listConflicts(ListConflictsRequest.getDefaultInstance()))
                .reason())
        .isEqualTo("ROLE_MISSING");
  }

  private static Conflict only(ListConflictsRequest request) {
    List<Conflict> conflicts = list(request);
    assertThat(conflicts).hasSize(1);
    return conflicts.getFirst();
  }

  private static List<Conflict> list(ListConflictsRequest request) {
    return reconciliation.listConflicts(request).getConflictsList();
  }

  private static ReconciliationServiceBlockingStub as(Role role) {
    return world
        .service()
        .stub(ReconciliationServiceGrpc::newBlockingStub, world.service().as("somebody", role));
  }

  private static void record(RecordedUsage... records) {
    world
        .service()
        .stub(IngestServiceGrpc::newBlockingStub, world.service().as("client", Role.INGEST))
        .recordUsage(RecordUsageRequest.newBuilder().addAllRecords(List.of(records)).build());
  }

  private static RecordedUsage recorded(Instant time, String model, long input) {
    return RecordedUsage.newBuilder()
        .setUsageId("u-1")
        .setEventTime(time(time))
        .setProvider("anthropic")
        .setModel(model)
        .addQuantities(MeterQuantity.newBuilder().setMeter("input").setQuantity(input))
        .build();
  }

  private static long count(ConflictingReport report, String meter) {
    return report.getQuantitiesList().stream()
        .filter(quantity -> quantity.getMeter().equals(meter))
        .mapToLong(MeterQuantity::getQuantity)
        .sum();
  }

  private static Timestamp time(Instant time) {
    return TimestampMapper.toProto(time);
  }
}
