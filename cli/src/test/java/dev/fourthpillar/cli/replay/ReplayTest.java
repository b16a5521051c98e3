package dev.fourthpillar.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.otlp.OtlpSignal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a receiver gets, and how its answers are taken; over real HTTP. */
final class ReplayTest {
  private static final Instant RECORDED = Instant.parse("2026-11-20T16:00:00Z");
  private static final byte[] NOTHING = {};

  private final List<ByteString> received = new CopyOnWriteArrayList<>();
  private final List<String> headers = new CopyOnWriteArrayList<>();
  private final Deque<Integer> statuses = new ArrayDeque<>();
  private byte[] answer = NOTHING;
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/logs", this::receive);
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void untouchedMeansToTheByte() {
    // A field that no version of OTLP has: parsing and writing would put it last.
    ByteString body =
        ByteString.copyFrom(new byte[] {(byte) 0xF8, 0x3F, 0x01})
            .concat(logs(RECORDED).request().toByteString());

    try (OtlpSender sender = sender(OtlpEncoding.PROTOBUF)) {
      Replay replay = new Replay(sender, 1);
      replay.send(replay.untouched(List.of(capture(body))));
    }

    assertThat(received).containsExactly(body);
    assertThat(headers).containsExactly("application/x-protobuf Bearer token");
  }

  @Test
  void anotherEncodingIsTheSameExport() {
    try (OtlpSender sender = sender(OtlpEncoding.JSON)) {
      Replay replay = new Replay(sender, 1);
      replay.send(replay.untouched(List.of(capture(logs(RECORDED).request().toByteString()))));
    }

    assertThat(received).hasSize(1);
    assertThat(
            new Capture("sent.json", OtlpSignal.LOGS, OtlpEncoding.JSON, received.getFirst())
                .decode())
        .isEqualTo(logs(RECORDED));
    assertThat(headers).containsExactly("application/json Bearer token");
  }

  @Test
  void anotherRunEndsWhenItIsToldTo() {
    Instant end = Instant.parse("2026-12-01T08:30:00Z");

    List<ExportRequest> again =
        Replay.another(List.of(logs(RECORDED.minusSeconds(90)), logs(RECORDED)), end, "salt");

    assertThat(Times.of(again)).isEqualTo(new Times(end.minusSeconds(90), end));
  }

  @Test
  void aReceiverThatIsBusyIsAskedAgain() {
    statuses.addAll(List.of(503, 429, 200));

    try (OtlpSender sender = sender(OtlpEncoding.PROTOBUF)) {
      Replay replay = new Replay(sender, 1);
      assertThat(replay.send(replay.untouched(List.of(capture(ByteString.EMPTY))))).isEmpty();
    }

    assertThat(received).hasSize(3);
  }

  @Test
  void whatIsRefusedEndsTheReplayAndIsNamed() {
    statuses.add(400);

    try (OtlpSender sender = sender(OtlpEncoding.PROTOBUF)) {
      Replay replay = new Replay(sender, 1);
      List<Replay.Export> exports = replay.untouched(List.of(capture(ByteString.EMPTY)));
      assertThatThrownBy(() -> replay.send(exports))
          .isInstanceOf(ReplayException.class)
          .hasMessageContaining("0001-logs-grpc.bin was refused: HTTP 400");
    }
  }

  @Test
  void whatIsTakenInPartIsTold() {
    answer =
        ExportLogsServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportLogsPartialSuccess.newBuilder()
                    .setRejectedLogRecords(2)
                    .setErrorMessage("too old"))
            .build()
            .toByteArray();

    try (OtlpSender sender = sender(OtlpEncoding.PROTOBUF)) {
      Replay replay = new Replay(sender, 1);
      assertThat(replay.send(replay.untouched(List.of(capture(ByteString.EMPTY)))))
          .containsExactly("0001-logs-grpc.bin: 2 records rejected; too old");
    }
  }

  private OtlpSender sender(OtlpEncoding encoding) {
    return new HttpSender("http://127.0.0.1:" + server.getAddress().getPort(), "token", encoding);
  }

  private synchronized void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      received.add(ByteString.readFrom(exchange.getRequestBody()));
      headers.add(
          exchange.getRequestHeaders().getFirst("content-type")
              + " "
              + exchange.getRequestHeaders().getFirst("authorization"));
      int status = statuses.isEmpty() ? 200 : statuses.removeFirst();
      exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static Capture capture(ByteString body) {
    return new Capture("0001-logs-grpc.bin", OtlpSignal.LOGS, OtlpEncoding.PROTOBUF, body);
  }

  private static ExportRequest.Logs logs(Instant time) {
    return new ExportRequest.Logs(
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(
                ResourceLogs.newBuilder()
                    .addScopeLogs(
                        ScopeLogs.newBuilder()
                            .addLogRecords(
                                LogRecord.newBuilder()
                                    .setTimeUnixNano(time.getEpochSecond() * 1_000_000_000L))))
            .build());
  }
}
