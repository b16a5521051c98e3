package dev.fourthpillar.usage.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.Refusal;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.Captures;
import dev.fourthpillar.usage.LogFixture;
import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.OtlpJson;
import dev.fourthpillar.usage.receive.Sender;
import dev.fourthpillar.usage.v1.IngestServiceGrpc;
import dev.fourthpillar.usage.v1.IngestServiceGrpc.IngestServiceBlockingStub;
import dev.fourthpillar.usage.v1.RecordOutcome;
import dev.fourthpillar.usage.v1.RecordResult;
import dev.fourthpillar.usage.v1.RecordUsageRequest;
import dev.fourthpillar.usage.v1.RecordedUsage;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** One of the ways in. Returns when everything is acknowledged. */
@FunctionalInterface
interface Door {
  void send(List<SentCall> calls) throws NotAcknowledged, InterruptedException;

  static Door otlpGrpc(Sender sender) {
    return calls -> unary(() -> sender.grpc(export(calls), "gzip"));
  }

  static Door otlpHttpProtobuf(Sender sender) {
    return calls ->
        post(sender, "application/x-protobuf", Captures.message(export(calls)).toByteArray());
  }

  static Door otlpHttpJson(Sender sender) {
    return calls -> {
      try {
        post(sender, "application/json", OtlpJson.print(export(calls)).getBytes(UTF_8));
      } catch (InvalidProtocolBufferException impossible) {
        throw new IllegalStateException(impossible);
      }
    };
  }

  static Door recordUsage(ManagedChannel channel, BearerToken token) {
    IngestServiceBlockingStub client =
        IngestServiceGrpc.newBlockingStub(channel).withCallCredentials(token);
    return calls ->
        unary(
            () ->
                requireStored(
                    client
                        .recordUsage(
                            RecordUsageRequest.newBuilder().addAllRecords(records(calls)).build())
                        .getResultsList()));
  }

  /** One stream for as long as it lives. */
  static Door streamUsage(ManagedChannel channel, BearerToken token) {
    return new Door() {
      private Optional<UsageStream> stream = Optional.empty();

      @Override
      public void send(List<SentCall> calls) throws NotAcknowledged, InterruptedException {
        if (stream.isEmpty()) {
          stream = Optional.of(new UsageStream(channel, token));
        }
        try {
          requireStored(stream.get().answer(records(calls)).getResultsList());
        } catch (StatusRuntimeException ended) {
          stream = Optional.empty();
          throw notAcknowledged(ended);
        }
      }
    };
  }

  private static void unary(Runnable call) throws NotAcknowledged {
    try {
      call.run();
    } catch (StatusRuntimeException refused) {
      throw notAcknowledged(refused);
    }
  }

  /** Anything but a cut connection and the protocol's own signal is a defect. */
  private static NotAcknowledged notAcknowledged(StatusRuntimeException thrown) {
    Refusal refusal = Refusal.of(thrown);
    if (refusal.retry().isPresent()) {
      return NotAcknowledged.told(refusal.reason(), thrown);
    }
    if (thrown.getStatus().getCode() == Status.Code.UNAVAILABLE) {
      return NotAcknowledged.cut(thrown);
    }
    throw thrown;
  }

  private static void post(Sender sender, String type, byte[] body) throws NotAcknowledged {
    HttpResponse<byte[]> answer;
    try {
      answer = sender.post("/v1/logs", type, "", body);
    } catch (UncheckedIOException cut) {
      throw NotAcknowledged.cut(cut);
    }
    if (answer.statusCode() == 503 && answer.headers().firstValue("retry-after").isPresent()) {
      throw NotAcknowledged.told("503", null);
    }
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + new String(answer.body(), UTF_8));
    }
  }

  private static void requireStored(List<RecordResult> results) {
    for (RecordResult result : results) {
      if (result.getOutcome() != RecordOutcome.RECORD_OUTCOME_ACCEPTED
          && result.getOutcome() != RecordOutcome.RECORD_OUTCOME_DUPLICATE) {
        throw new AssertionError(result.toString());
      }
    }
  }

  private static ExportRequest export(List<SentCall> calls) {
    ExportLogsServiceRequest.Builder logs = ExportLogsServiceRequest.newBuilder();
    for (SentCall call : calls) {
      logs.mergeFrom(
          (ExportLogsServiceRequest)
              Captures.message(
                  LogFixture.claude(call.id())
                      .at(call.time().toString())
                      .with("model", SentCall.MODEL)
                      .with("input_tokens", call.input())
                      .with("output_tokens", call.output())
                      .without(
                          "cache_read_tokens",
                          "cache_creation_tokens",
                          "cache_creation_5m_tokens",
                          "cache_creation_1h_tokens")
                      .export()));
    }
    return new ExportRequest.Logs(logs.build());
  }

  private static List<RecordedUsage> records(List<SentCall> calls) {
    return calls.stream()
        .map(
            call ->
                RecordedUsage.newBuilder()
                    .setUsageId(call.id())
                    .addProviderIds(call.id())
                    .setEventTime(TimestampMapper.toProto(call.time()))
                    .setProvider(SentCall.PROVIDER)
                    .setModel(SentCall.MODEL)
                    .addQuantities(quantity("input", call.input()))
                    .addQuantities(quantity("output", call.output()))
                    .build())
        .toList();
  }

  private static MeterQuantity quantity(String meter, long count) {
    return MeterQuantity.newBuilder().setMeter(meter).setQuantity(count).build();
  }
}
