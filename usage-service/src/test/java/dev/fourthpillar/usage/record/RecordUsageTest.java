package dev.fourthpillar.usage.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Timestamp;
import com.google.rpc.BadRequest;
import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.Refusal;
import dev.fourthpillar.testkit.service.TestService;
import dev.fourthpillar.type.v1.Identity;
import dev.fourthpillar.type.v1.IdentityKind;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.LogFixture;
import dev.fourthpillar.usage.evidence.IdentityClaim;
import dev.fourthpillar.usage.receive.Sender;
import dev.fourthpillar.usage.receive.StoredUsage;
import dev.fourthpillar.usage.unit.UnitEvidence;
import dev.fourthpillar.usage.v1.IngestServiceGrpc;
import dev.fourthpillar.usage.v1.IngestServiceGrpc.IngestServiceBlockingStub;
import dev.fourthpillar.usage.v1.RecordOutcome;
import dev.fourthpillar.usage.v1.RecordRejection;
import dev.fourthpillar.usage.v1.RecordResult;
import dev.fourthpillar.usage.v1.RecordUsageRequest;
import dev.fourthpillar.usage.v1.RecordUsageResponse;
import dev.fourthpillar.usage.v1.RecordedUsage;
import dev.fourthpillar.usage.v1.StreamUsageRequest;
import dev.fourthpillar.usage.v1.StreamUsageResponse;
import dev.fourthpillar.usage.v1.UsageReporter;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Usage recorded by our own API. */
@PostgresTest
class RecordUsageTest {
  private static TestService service;
  private static StoredUsage stored;
  private static Instant now;

  @BeforeAll
  static void start(TestDatabase database) {
    service = TestService.start(database);
    stored = new StoredUsage(service);
    now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void empty() {
    stored.clear();
  }

  @Test
  void everyRecordHasAnOutcomeOfItsOwn() {
    RecordedUsage first = call("u-1").build();
    RecordedUsage old = call("u-2").setEventTime(at(Duration.ofDays(-36))).build();
    RecordedUsage future = call("u-3").setEventTime(at(Duration.ofMinutes(6))).build();
    RecordedUsage soon = call("u-4").setEventTime(at(Duration.ofMinutes(4))).build();
    RecordedUsage changed = call("u-1").setModel("another-model").build();

    assertThat(record(first, old, future, soon, first, changed))
        .containsExactly(
            result("u-1", RecordOutcome.RECORD_OUTCOME_ACCEPTED),
            rejected("u-2", RecordRejection.RECORD_REJECTION_TOO_OLD_TO_DEDUPLICATE),
            rejected("u-3", RecordRejection.RECORD_REJECTION_IN_THE_FUTURE),
            result("u-4", RecordOutcome.RECORD_OUTCOME_ACCEPTED),
            result("u-1", RecordOutcome.RECORD_OUTCOME_DUPLICATE),
            result("u-1", RecordOutcome.RECORD_OUTCOME_CONFLICT));
    assertThat(record(first, changed))
        .containsExactly(
            result("u-1", RecordOutcome.RECORD_OUTCOME_DUPLICATE),
            result("u-1", RecordOutcome.RECORD_OUTCOME_CONFLICT));
    assertThat(stored.units())
        .hasSize(2)
        .allSatisfy(unit -> assertThat(unit.pricing().model()).contains("claude-sonnet-4-5"));
    assertThat(stored.rejections())
        .containsExactly("CONFLICT  2", "IN_THE_FUTURE  1", "TOO_OLD_TO_DEDUPLICATE  1");
  }

  /** One with a field at fault stops neither the others nor the stream. */
  @Test
  void onAStreamEveryRecordOfEveryBatchHasItsOutcome() throws Exception {
    BlockingClientCall<StreamUsageRequest, StreamUsageResponse> stream = stream();
    RecordedUsage wrong = call("u-2").setProvider(" ").setHoldId("h-1").build();
    RecordedUsage old = call("u-3").setEventTime(at(Duration.ofDays(-36))).build();

    List<RecordResult> first = send(stream, call("u-1").build(), wrong, old, call("u-4").build());
    List<RecordResult> second = send(stream, call("u-1").build(), call("u-5").build());

    assertThat(first)
        .extracting(RecordResult::getUsageId, RecordResult::getOutcome)
        .containsExactly(
            tuple("u-1", RecordOutcome.RECORD_OUTCOME_ACCEPTED),
            tuple("u-2", RecordOutcome.RECORD_OUTCOME_REJECTED),
            tuple("u-3", RecordOutcome.RECORD_OUTCOME_REJECTED),
            tuple("u-4", RecordOutcome.RECORD_OUTCOME_ACCEPTED));
    assertThat(first.get(1).getRejection())
        .isEqualTo(RecordRejection.RECORD_REJECTION_INVALID_FIELDS);
    assertThat(first.get(1).getError().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT.value());
    assertThat(first.get(1).getError().getMessage())
        .contains("records[0].provider", "records[0].engineer");
    assertThat(first.get(2).getRejection())
        .isEqualTo(RecordRejection.RECORD_REJECTION_TOO_OLD_TO_DEDUPLICATE);
    assertThat(second)
        .containsExactly(
            result("u-1", RecordOutcome.RECORD_OUTCOME_DUPLICATE),
            result("u-5", RecordOutcome.RECORD_OUTCOME_ACCEPTED));
    assertThat(stored.units()).hasSize(3);
    stream.halfClose();
  }

  @Test
  void aStreamsRequestWithoutRecordsEndsIt() throws Exception {
    BlockingClientCall<StreamUsageRequest, StreamUsageResponse> stream = stream();

    stream.write(StreamUsageRequest.getDefaultInstance());

    assertThatThrownBy(() -> stream.read(20, TimeUnit.SECONDS))
        .hasMessageContaining("INVALID_ARGUMENT");
  }

  private static BlockingClientCall<StreamUsageRequest, StreamUsageResponse> stream() {
    IngestServiceBlockingStub client =
        service.stub(IngestServiceGrpc::newBlockingStub, service.as("collector", Role.INGEST));
    return ClientCalls.blockingBidiStreamingCall(
        client.getChannel(), IngestServiceGrpc.getStreamUsageMethod(), client.getCallOptions());
  }

  private static List<RecordResult> send(
      BlockingClientCall<StreamUsageRequest, StreamUsageResponse> stream, RecordedUsage... records)
      throws Exception {
    stream.write(StreamUsageRequest.newBuilder().addAllRecords(List.of(records)).build());
    return stream.read(20, TimeUnit.SECONDS).getResultsList();
  }

  @Test
  void aChangedTimeIsNoWayToRecordAnIdTwice() {
    record(call("u-1").build());

    assertThat(record(call("u-1").setEventTime(at(Duration.ofHours(-30))).build()))
        .containsExactly(result("u-1", RecordOutcome.RECORD_OUTCOME_CONFLICT));
    assertThat(stored.units()).hasSize(1);
  }

  @Test
  void twoClientsMayChooseTheSameId() {
    record(call("u-1").build());

    assertThat(record(service.as("another", Role.GATEWAY), call("u-1").build()))
        .containsExactly(result("u-1", RecordOutcome.RECORD_OUTCOME_ACCEPTED));
    assertThat(stored.units()).hasSize(2);
  }

  @Test
  void everythingSaidIsKept() {
    record(
        call("u-1")
            .setEngineer("ada")
            .addIdentities(
                Identity.newBuilder()
                    .setKind(IdentityKind.IDENTITY_KIND_EMAIL)
                    .setValue("ada@example.test"))
            .setReporter(UsageReporter.USAGE_REPORTER_GATEWAY)
            .setTool("claude-code")
            .setSession("s")
            .setPrompt("p")
            .setAgent("reviewer")
            .setAgentId("a-2")
            .setParentAgentId("a-1")
            .setProject("apollo")
            .putTags("team.id", "platform")
            .setServiceTier("batch")
            .setRegion("eu")
            .setHoldId("h-1")
            .setHoldAttempt(2)
            .setClaimedCost(Money.newBuilder().setCurrencyCode("USD").setNanos(12_300_000))
            .build());

    UnitEvidence unit = stored.units().getFirst();
    assertThat(unit.attribution().claims())
        .containsExactly(
            new IdentityClaim(IdentityClaim.Kind.CREDENTIAL, "collector"),
            new IdentityClaim(IdentityClaim.Kind.ENGINEER, "ada"),
            new IdentityClaim(IdentityClaim.Kind.EMAIL, "ada@example.test"));
    assertThat(unit.pricing().quantities().counts())
        .isEqualTo(Map.of(TokenMeter.INPUT, 1101L, TokenMeter.OUTPUT, 553L));
    assertThat(unit.pricing().serviceTier()).contains("batch");
    assertThat(unit.pricing().region()).contains("eu");
    assertThat(unit.pricing().claimedCost().orElseThrow().amountNanos()).isEqualTo(12_300_000);
    assertThat(unit.attribution().hold().orElseThrow().attempt()).isEqualTo(2);
    assertThat(unit.attribution().hold().orElseThrow().engineer()).isEqualTo("ada");
    assertThat(unit.attribution().eventTime()).isEqualTo(now);
    assertThat(unit.attribution().dimensions())
        .satisfies(
            said -> {
              assertThat(said.session()).contains("s");
              assertThat(said.prompt()).contains("p");
              assertThat(said.agent()).contains("reviewer");
              assertThat(said.agentId()).contains("a-2");
              assertThat(said.parentAgent()).contains("a-1");
              assertThat(said.subAgent()).isTrue();
              assertThat(said.project()).contains("apollo");
              assertThat(said.tags()).isEqualTo(Map.of("team.id", "platform"));
            });
  }

  @Test
  void aRecordAndTheToolsTelemetryWithOneRequestIdAreOneCall() {
    record(
        call("u-1")
            .addProviderIds("req_1")
            .setReporter(UsageReporter.USAGE_REPORTER_GATEWAY)
            .build());
    try (Sender ada = Sender.of(service, "ada")) {
      ada.grpc(LogFixture.claude("req_1").at(now.toString()).export(), "gzip");
    }

    assertThat(stored.units())
        .singleElement()
        .satisfies(
            unit -> {
              // 1101 and 553 of the gateway, not the 22,518 + 553 of the tool.
              assertThat(unit.pricing().quantities().totalTokens()).isEqualTo(1654);
              assertThat(unit.attribution().claims())
                  .contains(new IdentityClaim(IdentityClaim.Kind.ENGINEER, "ada"));
            });
  }

  @Test
  void everyFieldAtFaultIsNamedAndNothingIsRecorded() {
    RecordedUsage wrong =
        call("u-2")
            .clearQuantities()
            .addQuantities(quantity("input", -1))
            .addQuantities(quantity("prompt_tokens", 5))
            .addQuantities(quantity("output", 5))
            .addQuantities(quantity("output", 6))
            .addQuantities(quantity("reasoning", 6))
            .setHoldId("h-1")
            .setProvider(" ")
            .setClaimedCost(Money.newBuilder().setCurrencyCode("SEK").setUnits(1))
            .build();

    assertThatThrownBy(() -> record(call("u-1").build(), wrong))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused -> {
              assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
              assertThat(fields(refused))
                  .containsExactlyInAnyOrder(
                      "records[1].provider",
                      "records[1].quantities[0].quantity",
                      "records[1].quantities[1].meter",
                      "records[1].quantities[3].meter",
                      "records[1].quantities",
                      "records[1].engineer",
                      "records[1].claimed_cost.currency_code");
            });
    assertThat(stored.units()).isEmpty();
  }

  @Test
  void aThousandRecordsAreABatchAndOneMoreAreNot() {
    List<RecordedUsage> thousand =
        IntStream.range(0, 1000).mapToObj(i -> call("u-" + i).build()).toList();

    assertThat(record(thousand.toArray(RecordedUsage[]::new)))
        .hasSize(1000)
        .allMatch(one -> one.getOutcome() == RecordOutcome.RECORD_OUTCOME_ACCEPTED);
    assertThat(stored.units()).hasSize(1000);
    assertThatThrownBy(
            () ->
                record(
                    IntStream.rangeClosed(0, 1000)
                        .mapToObj(i -> call("v-" + i).build())
                        .toArray(RecordedUsage[]::new)))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused -> assertThat(fields(refused)).containsExactly("records"));
  }

  @Test
  void othersMayNotRecord() {
    assertThatThrownBy(() -> record(service.as("finance-tool", Role.FINANCE), call("u-1").build()))
        .hasMessageContaining("PERMISSION_DENIED");
  }

  private static RecordedUsage.Builder call(String usageId) {
    return RecordedUsage.newBuilder()
        .setUsageId(usageId)
        .setEventTime(at(Duration.ZERO))
        .setProvider("anthropic")
        .setModel("claude-sonnet-4-5")
        .addQuantities(quantity("input", 1101))
        .addQuantities(quantity("output", 553));
  }

  private static MeterQuantity quantity(String meter, long count) {
    return MeterQuantity.newBuilder().setMeter(meter).setQuantity(count).build();
  }

  private static Timestamp at(Duration fromNow) {
    return TimestampMapper.toProto(now.plus(fromNow));
  }

  private static List<RecordResult> record(RecordedUsage... records) {
    return record(service.as("collector", Role.INGEST), records);
  }

  private static List<RecordResult> record(BearerToken client, RecordedUsage... records) {
    RecordUsageResponse response =
        service
            .stub(IngestServiceGrpc::newBlockingStub, client)
            .recordUsage(RecordUsageRequest.newBuilder().addAllRecords(List.of(records)).build());
    return response.getResultsList();
  }

  private static RecordResult result(String usageId, RecordOutcome outcome) {
    return RecordResult.newBuilder().setUsageId(usageId).setOutcome(outcome).build();
  }

  private static RecordResult rejected(String usageId, RecordRejection rejection) {
    return result(usageId, RecordOutcome.RECORD_OUTCOME_REJECTED).toBuilder()
        .setRejection(rejection)
        .build();
  }

  private static List<String> fields(StatusRuntimeException refused) {
    return Refusal.of(refused).violations().stream()
        .map(BadRequest.FieldViolation::getField)
        .toList();
  }
}
