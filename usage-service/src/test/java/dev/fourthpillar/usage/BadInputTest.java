package dev.fourthpillar.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BadInput;
import dev.fourthpillar.testkit.service.TestService;
import dev.fourthpillar.type.v1.Identity;
import dev.fourthpillar.type.v1.IdentityKind;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.identity.PeopleFeed;
import dev.fourthpillar.usage.otlp.OtlpDecoder;
import dev.fourthpillar.usage.receive.Sender;
import dev.fourthpillar.usage.receive.StoredUsage;
import dev.fourthpillar.usage.v1.GetPriceRequest;
import dev.fourthpillar.usage.v1.IdentityServiceGrpc;
import dev.fourthpillar.usage.v1.ImportPriceBookRequest;
import dev.fourthpillar.usage.v1.IngestServiceGrpc;
import dev.fourthpillar.usage.v1.ListUnattributedRequest;
import dev.fourthpillar.usage.v1.ListUnpricedRequest;
import dev.fourthpillar.usage.v1.MapIdentityRequest;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc;
import dev.fourthpillar.usage.v1.RecordRejection;
import dev.fourthpillar.usage.v1.RecordResult;
import dev.fourthpillar.usage.v1.RecordUsageRequest;
import dev.fourthpillar.usage.v1.RecordedUsage;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input as tables: what is refused and how, and what is kept and where it is seen. */
@PostgresTest
class BadInputTest {
  private static TestService service;
  private static Sender shared;
  private static Sender ada;
  private static StoredUsage stored;
  private static Instant now;

  @BeforeAll
  static void start(TestDatabase database) {
    service = TestService.start(database);
    shared = Sender.shared(service);
    ada = Sender.of(service, "ada");
    stored = new StoredUsage(service);
    now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    service
        .database()
        .useTransaction(
            handle -> PeopleFeed.told(service, handle, 1, "ada", "US", "", "", "ada@example.com"));
  }

  @AfterAll
  static void stop() {
    ada.close();
    shared.close();
    service.close();
  }

  @BeforeEach
  void empty() {
    stored.clear();
    service.database().useHandle(handle -> handle.execute("truncate rollup_sum, settlement"));
  }

  /** What the RPCs refuse: input, reason, field, what is said of expected and actual. */
  static Stream<BadInput> refused() {
    return Stream.of(
        bad(
            "negative tokens",
            () -> record(call().addQuantities(quantity("input", -1))),
            "INVALID_FIELDS",
            "records[0].quantities[0].quantity",
            "-1 (expected: >= 0)"),
        bad(
            "a meter that is none",
            () -> record(call().addQuantities(quantity("prompt_tokens", 5))),
            "INVALID_FIELDS",
            "records[0].quantities[0].meter",
            "'prompt_tokens' is no meter (expected: one of the vocabulary)"),
        bad(
            "a meter twice",
            () ->
                record(
                    call().addQuantities(quantity("input", 5)).addQuantities(quantity("input", 6))),
            "INVALID_FIELDS",
            "records[0].quantities[1].meter",
            "named twice (expected: each meter once)"),
        bad(
            "more reasoning than output",
            () ->
                record(
                    call()
                        .addQuantities(quantity("output", 5))
                        .addQuantities(quantity("reasoning", 6))),
            "INVALID_FIELDS",
            "records[0].quantities",
            "reasoning is a part of output, 5"),
        bad(
            "a cost in the wrong currency",
            () -> record(used().setClaimedCost(money("SEK", 1))),
            "INVALID_FIELDS",
            "records[0].claimed_cost.currency_code",
            "SEK (expected: USD)"),
        bad(
            "a negative cost",
            () -> record(used().setClaimedCost(money("USD", -1))),
            "INVALID_FIELDS",
            "records[0].claimed_cost",
            "negative (expected: 0 or more)"),
        bad(
            "no model",
            () -> record(used().setModel(" ")),
            "INVALID_FIELDS",
            "records[0].model",
            "must not be blank"),
        bad(
            "a hold of nobody",
            () -> record(used().setHoldId("hold-1")),
            "INVALID_FIELDS",
            "records[0].engineer",
            "must be set where hold_id is"),
        bad(
            "an oversized batch",
            () ->
                record(
                    IntStream.rangeClosed(0, 1_000)
                        .mapToObj(i -> used().setUsageId("u-" + i))
                        .toArray(RecordedUsage.Builder[]::new)),
            "INVALID_FIELDS",
            "records",
            "1000"),
        bad(
            "an identity for an unknown engineer",
            () ->
                service
                    .stub(IdentityServiceGrpc::newBlockingStub, service.as("op", Role.OPERATOR))
                    .mapIdentity(
                        MapIdentityRequest.newBuilder()
                            .setRequestId("map-1")
                            .setEngineer("nobody")
                            .setIdentity(
                                Identity.newBuilder()
                                    .setKind(IdentityKind.IDENTITY_KIND_EMAIL)
                                    .setValue("who@example.com"))
                            .build()),
            "NOT_FOUND",
            "resource=nobody",
            "nobody has told of engineer 'nobody'"),
        bad(
            "the price of an unknown model",
            () -> books().getPrice(GetPriceRequest.newBuilder().setModel("nova-9").build()),
            "MODEL_UNPRICED",
            "model=nova-9",
            "no price for model 'nova-9'"),
        bad(
            "a price book in another currency",
            () ->
                books()
                    .importPriceBook(
                        ImportPriceBookRequest.newBuilder()
                            .setRequestId("import-1")
                            .setListBookJson(
                                ByteString.copyFromUtf8(
                                    """
                                    { "format": "fourthpillar.pricebook/1", "id": "list",
                                      "version": 8, "currency": "EUR",
                                      "effectiveFrom": "2026-11-20T12:00:00Z", "source": "a test",
                                      "rows": [ { "provider": "anthropic", "model": "nova-9",
                                        "source": "a test", "prices":
                                          { "standard": { "0": { "input": "1" } } } } ] }
                                    """))
                            .build()),
            "CURRENCY_MISMATCH",
            "field=list_book_json",
            "EUR (expected: USD, the currency of all books)"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(BadInput input) {
    assertThat(input.differences()).isEmpty();
    assertThat(stored.units()).isEmpty();
  }

  /** A body that is no export, and what its sender is told. */
  record BadBody(
      String what, String type, String encoding, Supplier<byte[]> body, int status, String says) {
    @Override
    public String toString() {
      return what;
    }
  }

  /** What the doors of telemetry refuse: body, HTTP status, what is said. */
  static Stream<BadBody> refusedAtTheDoor() {
    byte[] export = Captures.message(claude("req_1", now()).export()).toByteArray();
    byte[] gzip = Sender.gzip(export);
    String protobuf = "application/x-protobuf";
    String json = "application/json";
    return Stream.of(
        new BadBody(
            "malformed protobuf",
            protobuf,
            "",
            () -> new byte[] {(byte) 0xff, 1, 2},
            400,
            "body: does not parse (expected: one OTLP export of LOGS)"),
        new BadBody(
            "malformed JSON",
            json,
            "",
            () -> "{\"resourceLogs\": 7".getBytes(UTF_8),
            400,
            "body: does not parse (expected: one OTLP export of LOGS)"),
        new BadBody(
            "truncated gzip",
            protobuf,
            "gzip",
            () -> Arrays.copyOf(gzip, gzip.length - 9),
            400,
            "gzip: ends early"),
        new BadBody(
            "more than 32 MiB",
            protobuf,
            "",
            () -> new byte[OtlpDecoder.MAX_BODY_BYTES + 1],
            413,
            "33554432"),
        new BadBody(
            "more than 32 MiB after decompression",
            protobuf,
            "gzip",
            () -> Sender.gzip(new byte[OtlpDecoder.MAX_BODY_BYTES + 1]),
            413,
            "33554432"),
        new BadBody(
            "another content type",
            "text/plain",
            "",
            () -> export,
            415,
            "content-type: unknown (expected: application/x-protobuf or application/json)"),
        new BadBody(
            "another compression",
            protobuf,
            "br",
            () -> export,
            415,
            "content-encoding: unknown (expected: gzip, or none)"));
  }

  @ParameterizedTest
  @MethodSource
  void refusedAtTheDoor(BadBody bad) {
    HttpResponse<byte[]> answer =
        shared.post("/v1/logs", bad.type(), bad.encoding(), bad.body().get());

    assertThat(answer.statusCode()).isEqualTo(bad.status());
    assertThat(new String(answer.body(), UTF_8)).contains(bad.says());
    assertThat(stored.units()).isEmpty();
    assertThat(stored.rejections()).isEmpty();
  }

  /** Input that is taken or kept, the answer, and where an operator sees it. */
  record Kept(String what, Supplier<String> send, String answer, String seen) {
    @Override
    public String toString() {
      return what;
    }
  }

  /** What is kept and visible. */
  static Stream<Kept> keptAndVisible() {
    return Stream.of(
        new Kept(
            "recorded: an unknown engineer",
            () -> outcome(call().setEngineer("nobody").setTool("bot")),
            "ACCEPTED",
            "ListUnattributed: 1 of bot by nobody"),
        new Kept(
            "recorded: an unknown model",
            () -> outcome(call().setEngineer("ada").setModel("nova-9")),
            "ACCEPTED",
            "ListUnpriced: 1 of anthropic nova-9"),
        new Kept(
            "recorded: six minutes in the future",
            () -> outcome(call().setEventTime(at(Duration.ofMinutes(6)))),
            "REJECTED IN_THE_FUTURE",
            "rejected_evidence: IN_THE_FUTURE  1"),
        new Kept(
            "recorded: older than 35 days",
            () -> outcome(call().setEventTime(at(Duration.ofDays(-36)))),
            "REJECTED TOO_OLD_TO_DEDUPLICATE",
            "rejected_evidence: TOO_OLD_TO_DEDUPLICATE  1"),
        new Kept(
            "recorded: other content under a used id",
            () -> {
              outcome(call().setEngineer("ada"));
              return outcome(call().setEngineer("ada").setModel("claude-haiku-4-5"));
            },
            "CONFLICT",
            "rejected_evidence: CONFLICT  1"),
        new Kept(
            "telemetry: negative tokens",
            () -> export(ada, claude("req_1", now()).with("output_tokens", -5)),
            "1 rejected: kept as rejected: QUANTITY_NEGATIVE: 1",
            "rejected_evidence: QUANTITY_NEGATIVE output_tokens 1"),
        new Kept(
            "telemetry: older than 35 days",
            () -> export(ada, claude("req_1", now().minus(Duration.ofDays(36)))),
            "1 rejected: kept as rejected: TOO_OLD_TO_DEDUPLICATE: 1",
            "rejected_evidence: TOO_OLD_TO_DEDUPLICATE  1"),
        new Kept(
            "telemetry: 400 days in the future",
            () -> export(ada, claude("req_1", now().plus(Duration.ofDays(400)))),
            "taken",
            "flag: TIME_CLAMPED"),
        new Kept(
            "telemetry: an unknown engineer",
            () -> export(shared, claude("req_1", now())),
            "taken",
            "ListUnattributed: 1 of claude-code"),
        new Kept(
            "telemetry: an unknown model",
            () -> export(ada, claude("req_1", now()).with("model", "nova-9")),
            "taken",
            "ListUnpriced: 1 of anthropic nova-9"),
        new Kept(
            "telemetry: no model",
            () -> export(ada, claude("req_1", now()).without("model")),
            "taken",
            "flag: MODEL_UNKNOWN"));
  }

  @ParameterizedTest
  @MethodSource
  void keptAndVisible(Kept input) {
    assertThat(input.send().get()).isEqualTo(input.answer());
    // What waits for nothing is still looked at once more before it counts as open.
    await().untilAsserted(() -> assertThat(seen()).contains(input.seen()));
  }

  /** Everything that an operator is shown as odd. */
  private static List<String> seen() {
    List<String> seen = new ArrayList<>();
    IdentityServiceGrpc.IdentityServiceBlockingStub open =
        service.stub(IdentityServiceGrpc::newBlockingStub, service.as("op", Role.OPERATOR));
    open.listUnattributed(ListUnattributedRequest.getDefaultInstance())
        .getGroupsList()
        .forEach(
            group ->
                seen.add(
                    "ListUnattributed: %d of %s%s"
                        .formatted(
                            group.getUnitCount(),
                            group.getTool(),
                            group.getUnknownEngineer().isEmpty()
                                ? ""
                                : " by " + group.getUnknownEngineer())));
    open.listUnpriced(ListUnpricedRequest.getDefaultInstance())
        .getGroupsList()
        .forEach(
            group ->
                seen.add(
                    "ListUnpriced: %d of %s %s"
                        .formatted(group.getUnitCount(), group.getProvider(), group.getModel())));
    stored.rejections().forEach(rejection -> seen.add("rejected_evidence: " + rejection));
    stored
        .units()
        .forEach(unit -> unit.pricing().flags().forEach(flag -> seen.add("flag: " + flag)));
    return seen;
  }

  private static BadInput bad(String what, Runnable call, String reason, String at, String says) {
    return new BadInput(what, call, reason, at, says);
  }

  private static RecordedUsage.Builder used() {
    return call().addQuantities(quantity("input", 5));
  }

  private static RecordedUsage.Builder call() {
    return RecordedUsage.newBuilder()
        .setUsageId("u-1")
        .setEventTime(at(Duration.ZERO))
        .setProvider("anthropic")
        .setModel("claude-opus-4-5");
  }

  private static MeterQuantity quantity(String meter, long count) {
    return MeterQuantity.newBuilder().setMeter(meter).setQuantity(count).build();
  }

  private static Money money(String currency, long units) {
    return Money.newBuilder().setCurrencyCode(currency).setUnits(units).build();
  }

  private static com.google.protobuf.Timestamp at(Duration fromNow) {
    return TimestampMapper.toProto(now().plus(fromNow));
  }

  /** Rows are made when they are used, and the first of them before the service is there. */
  private static Instant now() {
    return now == null ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : now;
  }

  private static List<RecordResult> record(RecordedUsage.Builder... records) {
    return service
        .stub(IngestServiceGrpc::newBlockingStub, service.as("collector", Role.INGEST))
        .recordUsage(
            RecordUsageRequest.newBuilder()
                .addAllRecords(Arrays.stream(records).map(RecordedUsage.Builder::build).toList())
                .build())
        .getResultsList();
  }

  private static String outcome(RecordedUsage.Builder record) {
    RecordResult result = record(record.addQuantities(quantity("input", 5))).getFirst();
    String outcome = result.getOutcome().name().replace("RECORD_OUTCOME_", "");
    return result.getRejection() == RecordRejection.RECORD_REJECTION_UNSPECIFIED
        ? outcome
        : outcome + " " + result.getRejection().name().replace("RECORD_REJECTION_", "");
  }

  private static PriceBookServiceGrpc.PriceBookServiceBlockingStub books() {
    return service.stub(PriceBookServiceGrpc::newBlockingStub, service.as("fin", Role.FINANCE));
  }

  private static LogFixture claude(String requestId, Instant time) {
    return LogFixture.claude(requestId).at(time.toString());
  }

  private static String export(Sender sender, LogFixture log) {
    ExportLogsServiceResponse answer =
        (ExportLogsServiceResponse) sender.grpc(log.export(), "gzip");
    return answer.hasPartialSuccess()
        ? answer.getPartialSuccess().getRejectedLogRecords()
            + " rejected: "
            + answer.getPartialSuccess().getErrorMessage()
        : "taken";
  }
}
