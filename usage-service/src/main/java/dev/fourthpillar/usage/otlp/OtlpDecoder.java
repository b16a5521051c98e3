package dev.fourthpillar.usage.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.usage.otlp.Decoding.Refusal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

/**
 * Bytes to exports, for every encoding and compression of OTLP. Pure; never throws for bad input.
 */
public final class OtlpDecoder {

  /** Gemini CLI sends 22 kB of tool lists per span, so the 4 MiB usual for gRPC would lose data. */
  public static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

  private OtlpDecoder() {}

  public static Decoding decode(
      OtlpSignal signal, OtlpEncoding encoding, OtlpCompression compression, ByteString body) {
    if (body.size() > MAX_BODY_BYTES) {
      return tooLarge();
    }
    return switch (compression) {
      case NONE -> parse(signal, encoding, body);
      case GZIP ->
          switch (BoundedGunzip.inflate(body, MAX_BODY_BYTES)) {
            case BoundedGunzip.Inflated(ByteString plain) -> parse(signal, encoding, plain);
            case BoundedGunzip.TooLarge() -> tooLarge();
            case BoundedGunzip.Broken(String detail) ->
                new Decoding.Refused(Refusal.GZIP_MALFORMED, detail);
          };
    };
  }

  private static Decoding parse(OtlpSignal signal, OtlpEncoding encoding, ByteString body) {
    try {
      return new Decoding.Accepted(
          switch (encoding) {
            case PROTOBUF -> fromProtobuf(signal, body);
            case JSON -> OtlpJson.parse(signal, body.toStringUtf8());
          });
    } catch (InvalidProtocolBufferException malformed) {
      return malformed(signal, encoding);
    }
  }

  private static ExportRequest fromProtobuf(OtlpSignal signal, ByteString body)
      throws InvalidProtocolBufferException {
    return switch (signal) {
      case LOGS -> new ExportRequest.Logs(ExportLogsServiceRequest.parseFrom(body));
      case METRICS -> new ExportRequest.Metrics(ExportMetricsServiceRequest.parseFrom(body));
      case TRACES -> new ExportRequest.Traces(ExportTraceServiceRequest.parseFrom(body));
    };
  }

  /**
   * The parser's own message may quote the body, and the body holds prompts: it is not passed on.
   */
  private static Decoding malformed(OtlpSignal signal, OtlpEncoding encoding) {
    Refusal refusal =
        switch (encoding) {
          case PROTOBUF -> Refusal.PROTOBUF_MALFORMED;
          case JSON -> Refusal.JSON_MALFORMED;
        };
    return new Decoding.Refused(
        refusal, "body: does not parse (expected: one OTLP export of " + signal + ")");
  }

  private static Decoding tooLarge() {
    return new Decoding.Refused(
        Refusal.BODY_TOO_LARGE,
        "body: over the limit (expected: <= " + MAX_BODY_BYTES + " bytes after decompression)");
  }
}
