package dev.fourthpillar.usage.receive.edge;

import com.google.protobuf.Message;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.usage.otlp.Decoding;
import dev.fourthpillar.usage.otlp.OtlpDecoder;
import dev.fourthpillar.usage.otlp.OtlpSignal;
import dev.fourthpillar.usage.receive.Received;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.util.stream.Collectors;

/** What became of an export, as OTLP says it. */
final class OtlpAnswerMapper {
  private OtlpAnswerMapper() {}

  static Message toProto(OtlpSignal signal, Received received) {
    long rejected = received.rejectedRecords();
    String why = why(received);
    return switch (signal) {
      case LOGS -> {
        ExportLogsServiceResponse.Builder answer = ExportLogsServiceResponse.newBuilder();
        if (rejected > 0) {
          answer.getPartialSuccessBuilder().setRejectedLogRecords(rejected).setErrorMessage(why);
        }
        yield answer.build();
      }
      case METRICS -> {
        ExportMetricsServiceResponse.Builder answer = ExportMetricsServiceResponse.newBuilder();
        if (rejected > 0) {
          answer.getPartialSuccessBuilder().setRejectedDataPoints(rejected).setErrorMessage(why);
        }
        yield answer.build();
      }
      case TRACES -> {
        ExportTraceServiceResponse.Builder answer = ExportTraceServiceResponse.newBuilder();
        if (rejected > 0) {
          answer.getPartialSuccessBuilder().setRejectedSpans(rejected).setErrorMessage(why);
        }
        yield answer.build();
      }
    };
  }

  private static String why(Received received) {
    return received.rejected().entrySet().stream()
        .map(reason -> reason.getKey() + ": " + reason.getValue())
        .sorted()
        .collect(Collectors.joining(", ", "kept as rejected: ", ""));
  }

  static Failure refusal(Decoding.Refused refused) {
    return switch (refused.refusal()) {
      case BODY_TOO_LARGE -> tooLarge();
      case GZIP_MALFORMED, PROTOBUF_MALFORMED, JSON_MALFORMED ->
          Failure.of(Reason.INVALID_FIELDS, refused.detail());
    };
  }

  static Failure tooLarge() {
    String max = Integer.toString(OtlpDecoder.MAX_BODY_BYTES);
    return Failure.of(
            Reason.LIMIT_EXCEEDED,
            "body: more than " + max + " bytes (expected: at most that, after decompression)")
        .with("limit", "body_bytes")
        .with("max", max);
  }
}
