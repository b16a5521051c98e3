package dev.fourthpillar.usage.receive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.TestService;
import dev.fourthpillar.usage.Captures;
import dev.fourthpillar.usage.LogFixture;
import dev.fourthpillar.usage.Tokens;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.IdentityClaim;
import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.OtlpDecoder;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.otlp.OtlpJson;
import dev.fourthpillar.usage.replay.Retiming;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Recorded runs and bad input through the real doors into a real database. */
@PostgresTest
class DoorsTest {
  private static TestService service;
  private static Sender sender;
  private static StoredUsage stored;
  private static Instant now;

  @BeforeAll
  static void start(TestDatabase database) {
    service = TestService.start(database);
    sender = Sender.shared(service);
    stored = new StoredUsage(service);
    now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  @AfterAll
  static void stop() {
    sender.close();
    service.close();
  }

  @BeforeEach
  void empty() {
    stored.clear();
  }

  /** What may happen to a run on its way. */
  enum Delivery {
    IN_REVERSE,
    EVERY_FILE_TWICE;

    List<ExportRequest> of(List<ExportRequest> exports) {
      return switch (this) {
        case IN_REVERSE -> exports.reversed();
        case EVERY_FILE_TWICE ->
            exports.stream().flatMap(export -> Stream.of(export, export)).toList();
      };
    }
  }

  static Stream<Arguments> deliveries() {
    return Captures.FOLDERS.stream()
        .flatMap(
            folder ->
                Arrays.stream(Sender.Protocol.values())
                    .map(
                        protocol ->
                            Arguments.of(
                                folder,
                                protocol,
                                // Each protocol with one of the two, each folder with both.
                                protocol.name().endsWith("GZIP")
                                    ? Delivery.EVERY_FILE_TWICE
                                    : Delivery.IN_REVERSE)));
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void aRecordedRunIsWhatTheProviderSaid(
      String folder, Sender.Protocol protocol, Delivery delivery) {
    for (ExportRequest export : delivery.of(run(folder))) {
      sender.send(export, DoorsTest::body, protocol);
    }

    assertThat(stored.byModel()).isEqualTo(Tokens.expectedByModel(folder));
    assertThat(stored.rejections()).isEmpty();
  }

  @Test
  void theThreeProtocolsTellTheSameRecordsApartFromNew() {
    for (Sender.Protocol protocol : Sender.Protocol.values()) {
      run("claude-tools").forEach(export -> sender.send(export, DoorsTest::body, protocol));
    }

    assertThat(stored.byModel()).isEqualTo(Tokens.expectedByModel("claude-tools"));
  }

  @Test
  void noContentIsStoredOrLoggedAnywhere() {
    String secret = "Write my resignation letter";
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    root.addAppender(logged);
    Captures.FOLDERS.forEach(
        folder ->
            run(folder)
                .forEach(export -> sender.send(export, DoorsTest::body, Sender.Protocol.GRPC)));
    LogFixture rejected = claude("req_1", now).with("prompt", secret).with("input_tokens", -1);
    sender.grpc(rejected.export(), "identity");
    sender.grpc(claude("req_2", now).with("a.new.name", secret).export(), "identity");

    assertThat(stored.units()).isNotEmpty();
    assertThat(stored.rejections()).hasSize(1);
    root.detachAppender(logged);
    String everything = stored.everything();
    String logs =
        logged.list.stream()
            .map(ILoggingEvent::getFormattedMessage)
            .collect(Collectors.joining("\n"));
    assertThat(everything).contains("req_2");
    for (String content :
        List.of(
            "resignation",
            "You are a test client.",
            "TOOL_TURNS=3 please",
            "--output-format",
            "run_shell_command",
            "say ok",
            "echo hello",
            "openclaw.mjs",
            "skipping channel start")) {
      assertThat(everything).doesNotContain(content);
      // As events and other bytes are written out.
      assertThat(everything).doesNotContain(HexFormat.of().formatHex(content.getBytes(UTF_8)));
      assertThat(logs).doesNotContain(content);
    }
  }

  @Test
  void whatCanNeverCountIsKeptWithItsReasonAndSaid() {
    ExportRequest old = claude("req_1", now.minus(Duration.ofDays(36))).export();
    ExportRequest negative = claude("req_2", now).with("output_tokens", -5).export();

    for (int twice = 0; twice < 2; twice++) {
      ExportLogsServiceResponse answer = (ExportLogsServiceResponse) sender.grpc(old, "identity");
      assertThat(answer.getPartialSuccess().getRejectedLogRecords()).isEqualTo(1);
      assertThat(answer.getPartialSuccess().getErrorMessage())
          .isEqualTo("kept as rejected: TOO_OLD_TO_DEDUPLICATE: 1");
    }
    HttpResponse<byte[]> json =
        sender.post(
            "/v1/logs", "application/json", "", body(negative, OtlpEncoding.JSON).toByteArray());

    assertThat(json.statusCode()).isEqualTo(200);
    assertThat(new String(json.body(), UTF_8))
        .isEqualTo(
            "{\"partialSuccess\":{\"rejectedLogRecords\":\"1\","
                + "\"errorMessage\":\"kept as rejected: QUANTITY_NEGATIVE: 1\"}}");
    assertThat(stored.rejections())
        .containsExactly("QUANTITY_NEGATIVE output_tokens 1", "TOO_OLD_TO_DEDUPLICATE  2");
    assertThat(stored.units()).isEmpty();
  }

  /** A tool over HTTP sends the very same bytes again when it did not hear the answer. */
  @Test
  void theSameBytesAgainAreAnsweredAsBeforeAndNotReadAgain() {
    ExportRequest negative = claude("req_again", now).with("output_tokens", -5).export();
    byte[] bytes = body(negative, OtlpEncoding.JSON).toByteArray();
    byte[] first = sender.post("/v1/logs", "application/json", "", bytes).body();
    byte[] again = sender.post("/v1/logs", "application/json", "", bytes).body();

    assertThat(new String(again, UTF_8))
        .isEqualTo(new String(first, UTF_8))
        .contains("QUANTITY_NEGATIVE");
    // Read once: what is rejected counts how often it came.
    assertThat(stored.rejections()).containsExactly("QUANTITY_NEGATIVE output_tokens 1");

    try (Sender ada = Sender.of(service, "ada")) {
      ada.post("/v1/logs", "application/json", "", bytes);
    }
    assertThat(stored.rejections()).containsExactly("QUANTITY_NEGATIVE output_tokens 2");
  }

  @Test
  void aTimeInTheFutureIsTheTimeOfReceiptAndFlagged() {
    sender.grpc(claude("req_1", now.plus(Duration.ofDays(400))).export(), "identity");

    assertThat(stored.units())
        .singleElement()
        .satisfies(
            unit -> {
              assertThat(unit.pricing().eventTime()).isBetween(now, Instant.now());
              assertThat(unit.pricing().flags()).contains(EvidenceFlag.TIME_CLAMPED);
            });
  }

  @Test
  void aCredentialOfOnePersonSaysWhoItIs() {
    try (Sender ada = Sender.of(service, "ada")) {
      ada.grpc(claude("req_1", now).with("user.email", "bob@example.test").export(), "gzip");
    }

    assertThat(stored.units())
        .singleElement()
        .satisfies(
            unit ->
                assertThat(unit.attribution().claims())
                    .startsWith(
                        new IdentityClaim(IdentityClaim.Kind.ENGINEER, "ada"),
                        new IdentityClaim(IdentityClaim.Kind.CREDENTIAL, "laptop"),
                        new IdentityClaim(IdentityClaim.Kind.EMAIL, "bob@example.test")));
  }

  @Test
  void aNulInAnAttributeHoldsUpNothing() {
    sender.grpc(claude("req_1", now).with("agent.name", "re\0viewer").export(), "identity");

    assertThat(stored.units())
        .singleElement()
        .satisfies(
            unit -> assertThat(unit.attribution().dimensions().agent()).contains("re\uFFFDviewer"));
  }

  @ParameterizedTest
  @EnumSource(OtlpEncoding.class)
  void bytesThatAreNoExportAreRefusedInTheirEncoding(OtlpEncoding encoding) {
    HttpResponse<byte[]> answer =
        sender.post("/v1/logs", type(encoding), "", "{\"resourceLogs\": 7, \u0001".getBytes(UTF_8));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).contains(type(encoding));
    assertThat(message(answer, encoding))
        .contains("body: does not parse (expected: one OTLP export of LOGS)");
  }

  @Test
  void overGrpcTheyAreRefusedWithATypedError() {
    assertThatThrownBy(() -> raw(new byte[] {(byte) 0xff, 1, 2}))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused -> {
              assertThat(refused.getStatus().getCode())
                  .isEqualTo(io.grpc.Status.Code.INVALID_ARGUMENT);
              assertThat(refused.getStatus().getDescription()).contains("does not parse");
            });
  }

  @Test
  void aCutGzipStreamIsRefused() {
    byte[] whole =
        Sender.gzip(body(run("claude-tools").getFirst(), OtlpEncoding.PROTOBUF).toByteArray());

    HttpResponse<byte[]> answer =
        sender.post(
            "/v1/logs", "application/x-protobuf", "gzip", Arrays.copyOf(whole, whole.length - 9));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer, OtlpEncoding.PROTOBUF)).contains("gzip: ends early");
    assertThat(stored.units()).isEmpty();
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeAndAfterDecompression() {
    byte[] large = new byte[OtlpDecoder.MAX_BODY_BYTES + 1];

    HttpResponse<byte[]> bomb =
        sender.post("/v1/traces", "application/x-protobuf", "gzip", Sender.gzip(large));
    HttpResponse<byte[]> plain = sender.post("/v1/traces", "application/json", "", large);

    assertThat(bomb.statusCode()).isEqualTo(413);
    assertThat(message(bomb, OtlpEncoding.PROTOBUF)).contains("33554432");
    assertThat(plain.statusCode()).isEqualTo(413);
    assertThat(message(plain, OtlpEncoding.JSON)).contains("33554432");
    assertThatThrownBy(() -> raw(large))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused ->
                assertThat(refused.getStatus().getCode())
                    .isEqualTo(io.grpc.Status.Code.RESOURCE_EXHAUSTED));
  }

  @Test
  void whoSendsTooMuchMaySendAllOfItAndHasTheAnswer() throws IOException {
    URI door = sender.address();
    byte[] large = new byte[OtlpDecoder.MAX_BODY_BYTES + 1];
    try (Socket connection = new Socket(door.getHost(), door.getPort())) {
      connection.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
      OutputStream out = connection.getOutputStream();
      BufferedReader in =
          new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
      out.write(
          "POST /v1/logs HTTP/1.1\r\nhost: door\r\ncontent-type: %s\r\ncontent-length: %d\r\n\r\n"
              .formatted("application/json", large.length)
              .getBytes(UTF_8));
      assertThat(in.readLine()).isEqualTo("HTTP/1.1 413 Request Entity Too Large");

      // Into a connection that was closed behind the answer, this would fail.
      out.write(large);
      assertThat(in.lines().toList().getLast()).contains("33554432");
    }
  }

  @Test
  void anExportAboveTheUsualFourMebibytesIsTaken() {
    ExportRequest large =
        claude("req_1", now).with("gen_ai.tool.definitions", "x".repeat(9 << 20)).export();

    sender.grpc(large, "identity");

    assertThat(stored.units()).hasSize(1);
  }

  @Test
  void whatIsNotOtlpIsSaidSo() {
    byte[] body = new byte[0];

    assertThat(sender.post("/v1/logs", "text/plain", "", body).statusCode()).isEqualTo(415);
    assertThat(sender.post("/v1/logs", "application/json", "br", body).statusCode()).isEqualTo(415);
    assertThat(sender.post("/v1/profiles", "application/json", "", body).statusCode())
        .isEqualTo(404);
    assertThat(
            sender
                .send(HttpRequest.newBuilder(sender.address().resolve("/v1/logs")).build())
                .statusCode())
        .isEqualTo(405);
  }

  @Test
  void onlyIngestCredentialsOpenTheDoors() {
    ExportRequest export = claude("req_1", now).export();
    HttpRequest nobody =
        HttpRequest.newBuilder(sender.address().resolve("/v1/logs"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();

    assertThat(sender.send(nobody).statusCode()).isEqualTo(401);
    assertThatThrownBy(
            () ->
                LogsServiceGrpc.newBlockingStub(sender.channel())
                    .export(ExportLogsServiceRequest.getDefaultInstance()))
        .hasMessageContaining("UNAUTHENTICATED");
    try (Sender finance = Sender.as(service, Role.FINANCE)) {
      assertThat(finance.post("/v1/logs", "application/json", "", new byte[0]).statusCode())
          .isEqualTo(403);
      assertThatThrownBy(() -> finance.grpc(export, "identity"))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              refused ->
                  assertThat(refused.getStatus().getCode())
                      .isEqualTo(io.grpc.Status.Code.PERMISSION_DENIED));
    }
    assertThat(stored.units()).isEmpty();
  }

  private static List<ExportRequest> run(String folder) {
    Duration shift = Duration.between(Captures.RECEIVED_AT, now);
    Retiming retiming = new Retiming(shift, "run");
    return Captures.exports(folder, OtlpEncoding.PROTOBUF).stream().map(retiming::apply).toList();
  }

  private static LogFixture claude(String requestId, Instant at) {
    return LogFixture.claude(requestId).at(at.toString());
  }

  private static ByteString body(ExportRequest export, OtlpEncoding encoding) {
    try {
      return switch (encoding) {
        case PROTOBUF -> Captures.message(export).toByteString();
        case JSON -> ByteString.copyFromUtf8(OtlpJson.print(export));
      };
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String type(OtlpEncoding encoding) {
    return Map.of(
            OtlpEncoding.PROTOBUF, "application/x-protobuf", OtlpEncoding.JSON, "application/json")
        .get(encoding);
  }

  private static String message(HttpResponse<byte[]> answer, OtlpEncoding encoding) {
    try {
      return switch (encoding) {
        case PROTOBUF -> Status.parseFrom(answer.body()).getMessage();
        case JSON ->
            Captures.json(new String(answer.body(), UTF_8))
                .getFieldsOrThrow("message")
                .getStringValue();
      };
    } catch (InvalidProtocolBufferException noStatus) {
      throw new AssertionError(noStatus);
    }
  }

  /** A call whose message is these bytes. */
  private static ExportLogsServiceResponse raw(byte[] bytes) {
    MethodDescriptor.Marshaller<byte[]> asTheyAre =
        new MethodDescriptor.Marshaller<>() {
          @Override
          public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
          }

          @Override
          public byte[] parse(InputStream stream) {
            throw new UnsupportedOperationException();
          }
        };
    var method = LogsServiceGrpc.getExportMethod();
    return ClientCalls.blockingUnaryCall(
        sender.channel(),
        method.toBuilder(asTheyAre, method.getResponseMarshaller()).build(),
        CallOptions.DEFAULT.withCallCredentials(service.as("collector", Role.INGEST)),
        bytes);
  }
}
