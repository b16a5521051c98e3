package dev.fourthpillar.usage.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.events.v1.EngineerChanged;
import dev.fourthpillar.events.v1.HoldAttempt;
import dev.fourthpillar.events.v1.HoldOutcome;
import dev.fourthpillar.events.v1.HoldSettled;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.TestService;
import dev.fourthpillar.type.v1.Identity;
import dev.fourthpillar.type.v1.IdentityKind;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.type.v1.PayerKind;
import dev.fourthpillar.usage.v1.IdentityServiceGrpc;
import dev.fourthpillar.usage.v1.IngestServiceGrpc;
import dev.fourthpillar.usage.v1.ListRecordsRequest;
import dev.fourthpillar.usage.v1.ListUnpricedRequest;
import dev.fourthpillar.usage.v1.RecordOutcome;
import dev.fourthpillar.usage.v1.RecordUsageRequest;
import dev.fourthpillar.usage.v1.RecordedUsage;
import dev.fourthpillar.usage.v1.UnpricedUsage;
import dev.fourthpillar.usage.v1.UsageQueryServiceGrpc;
import dev.fourthpillar.usage.v1.UsageRecord;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The service listens to the feeds of the others, over the wire and with its own token. One service
 * stands for both: whoever has a feed can tell anything. A call is 1,000 in and 200 out of Opus
 * 4.5: 1,000 × 5 + 200 × 25 per million = 0.010 dollars.
 */
@PostgresTest
class LiveFeedsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CALL = 10_000_000;

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private TestDatabase own;
  private String keyFile;
  private TestService others;
  private TestService usage;

  @BeforeEach
  void start(TestDatabase database) throws IOException {
    keyFile = Files.createTempDirectory("issuer").resolve("issuer.jwks").toString();
    others = TestService.start(database.another(), Map.of(TestService.KEY_FILE, keyFile));
    own = database.another();
    usage = listening();
  }

  @AfterEach
  void stop() {
    usage.close();
    others.close();
  }

  @Test
  void aPersonWhoIsToldOfIsChargedForWhatWaited() {
    record("u-1", "ada@example.com");
    record("u-2", "ada@private.example");
    tell(NewEvent.of("ada", 1, ada("ada@example.com")));

    awaitNanos("ada", CALL);

    // Another identity of hers, told while the service was away.
    usage.close();
    tell(NewEvent.of("ada", 2, ada("ada@example.com", "ada@private.example")));
    usage = listening();

    awaitNanos("ada", 2 * CALL);
    assertThat(settlements("ada")).as("each charged once").isEqualTo(2);
  }

  @Test
  void aHoldPaysForItsCallAndTheUsageOnlyTruesItUp() {
    tell(NewEvent.of("ada", 1, ada("ada@example.com")));
    // Booked 0.012 dollars: the usage gives 0.002 back.
    tell(NewEvent.of("ada", 0, hold("hold-1", "req_1", 12_000_000)));
    record("req_1", "ada@example.com");

    UsageRecord record = awaitRecord("hold-1");
    assertThat(nanos(record.getListAmount())).isEqualTo(CALL);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(charged("ada")).isEqualTo(CALL - 12_000_000));
  }

  /** A newer budget-service counts what this build has no name for. */
  @Test
  void anUnknownMeterIsKeptWithoutAPriceAndStopsNobody() {
    tell(NewEvent.of("ada", 1, ada("ada@example.com")));
    HoldSettled newer = hold("hold-1", "req_1", 12_000_000);
    newer =
        newer.toBuilder()
            .setAttempts(
                0,
                newer.getAttempts(0).toBuilder()
                    .addQuantities(
                        MeterQuantity.newBuilder().setMeter("thoughts.deep").setQuantity(7)))
            .build();
    tell(NewEvent.of("ada", 0, newer), NewEvent.of("ada", 0, hold("hold-2", "req_2", 12_000_000)));

    // The hold behind it in the same partition arrives: 0.010 used, 0.012 booked.
    awaitRecord("hold-2");
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(charged("ada")).isEqualTo(CALL - 12_000_000));
    assertThat(unpriced())
        .singleElement()
        .satisfies(
            group ->
                assertThat(
                        group.getQuantitiesList().stream()
                            .map(q -> q.getMeter() + " " + q.getQuantity()))
                    .containsExactly("input 1000", "output 200", "thoughts.deep 7"));
    UsageRecord record = awaitRecord("hold-1");
    assertThat(record.getState().name()).isEqualTo("USAGE_STATE_UNPRICED");
    assertThat(record.getFlagsList()).contains("UNKNOWN_METER");
  }

  private TestService listening() {
    String there = "127.0.0.1:" + others.bean(GrpcEmbeddedServer.class).getPort();
    return TestService.start(
        own,
        Map.of(
            TestService.KEY_FILE,
            keyFile,
            "fourthpillar.peers.comp",
            there,
            "fourthpillar.peers.budget",
            there,
            "fourthpillar.settle.unmatched-wait",
            "0s",
            "fourthpillar.settle.sweep-interval",
            "50ms"));
  }

  private void tell(NewEvent... events) {
    var _ =
        others
            .bean(Transactions.class)
            .run(
                handle -> {
                  others.bean(FeedWriter.class).append(handle, List.of(events));
                  return true;
                });
  }

  private static EngineerChanged ada(String... emails) {
    EngineerChanged.Builder ada =
        EngineerChanged.newBuilder()
            .setEngineer("ada")
            .setCountry("US")
            .setTimeZone("UTC")
            .setCurrencyCode("USD");
    for (String email : emails) {
      ada.addIdentities(
          Identity.newBuilder().setKind(IdentityKind.IDENTITY_KIND_EMAIL).setValue(email));
    }
    return ada.build();
  }

  private HoldSettled hold(String id, String requestId, int nanos) {
    Money booked = Money.newBuilder().setCurrencyCode("USD").setNanos(nanos).build();
    return HoldSettled.newBuilder()
        .setEngineer("ada")
        .setHoldId(id)
        .setSettlementSequence(1)
        .setOutcome(HoldOutcome.HOLD_OUTCOME_SETTLED)
        .setPayerKind(PayerKind.PAYER_KIND_OWN)
        .setReserveTime(TimestampMapper.toProto(now.minusSeconds(10)))
        .setEndTime(TimestampMapper.toProto(now.minusSeconds(5)))
        .addAttempts(
            HoldAttempt.newBuilder()
                .setAttempt(1)
                .setProvider("anthropic")
                .setModel("claude-opus-4-5")
                .addIds(requestId)
                .addQuantities(MeterQuantity.newBuilder().setMeter("input").setQuantity(1_000))
                .addQuantities(MeterQuantity.newBuilder().setMeter("output").setQuantity(200))
                .setBookedListAmount(booked)
                .setBookedEmployerAmount(booked))
        .build();
  }

  private void record(String id, String email) {
    assertThat(
            usage
                .stub(IngestServiceGrpc::newBlockingStub, usage.as("collector", Role.INGEST))
                .recordUsage(
                    RecordUsageRequest.newBuilder()
                        .addRecords(
                            RecordedUsage.newBuilder()
                                .setUsageId(id)
                                .addProviderIds(id)
                                .setEventTime(TimestampMapper.toProto(now.minusSeconds(8)))
                                .setProvider("anthropic")
                                .setModel("claude-opus-4-5")
                                .addIdentities(
                                    Identity.newBuilder()
                                        .setKind(IdentityKind.IDENTITY_KIND_EMAIL)
                                        .setValue(email))
                                .addQuantities(
                                    MeterQuantity.newBuilder().setMeter("input").setQuantity(1_000))
                                .addQuantities(
                                    MeterQuantity.newBuilder().setMeter("output").setQuantity(200)))
                        .build())
                .getResults(0)
                .getOutcome())
        .isEqualTo(RecordOutcome.RECORD_OUTCOME_ACCEPTED);
  }

  private List<UnpricedUsage> unpriced() {
    return usage
        .stub(IdentityServiceGrpc::newBlockingStub, usage.as("fin", Role.FINANCE))
        .listUnpriced(ListUnpricedRequest.getDefaultInstance())
        .getGroupsList();
  }

  private UsageRecord awaitRecord(String hold) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                usage
                    .stub(UsageQueryServiceGrpc::newBlockingStub, usage.as("fin", Role.FINANCE))
                    .listRecords(ListRecordsRequest.newBuilder().setEngineer("ada").build())
                    .getRecordsList()
                    .stream()
                    .filter(record -> record.getHoldId().equals(hold))
                    .findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  private void awaitNanos(String engineer, long nanos) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(charged(engineer)).isEqualTo(nanos));
  }

  private long charged(String engineer) {
    return usage
        .database()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select coalesce(sum(list_nanos), 0) from settlement where engineer = :e")
                    .bind("e", engineer)
                    .mapTo(Long.class)
                    .one());
  }

  private long settlements(String engineer) {
    return usage
        .database()
        .withHandle(
            handle ->
                handle
                    .createQuery("select count(*) from settlement where engineer = :e")
                    .bind("e", engineer)
                    .mapTo(Long.class)
                    .one());
  }

  private static long nanos(Money money) {
    return money.getUnits() * 1_000_000_000L + money.getNanos();
  }
}
