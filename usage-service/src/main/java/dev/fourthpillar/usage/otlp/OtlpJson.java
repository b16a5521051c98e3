package dev.fourthpillar.usage.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.Base64;
import java.util.HexFormat;

/**
 * OTLP/JSON, both ways. It is protobuf's JSON with two differences: enums are numbers (the parser
 * takes both), and trace and span ids are hex where protobuf's JSON has base64. So the library does
 * the work and the ids are put right around it: hex digits are also base64 digits, the parser
 * decodes them to nonsense that encodes back to the same text.
 */
public final class OtlpJson {

  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().printingEnumsAsInts().omittingInsignificantWhitespace();
  private static final HexFormat HEX = HexFormat.of();

  private OtlpJson() {}

  public static ExportRequest parse(OtlpSignal signal, String json)
      throws InvalidProtocolBufferException {
    ExportRequest asBase64 =
        switch (signal) {
          case LOGS ->
              new ExportRequest.Logs(merge(json, ExportLogsServiceRequest.newBuilder()).build());
          case METRICS ->
              new ExportRequest.Metrics(
                  merge(json, ExportMetricsServiceRequest.newBuilder()).build());
          case TRACES ->
              new ExportRequest.Traces(merge(json, ExportTraceServiceRequest.newBuilder()).build());
        };
    try {
      return OtlpIds.map(asBase64, OtlpJson::fromHex);
    } catch (IllegalArgumentException noHex) {
      throw new InvalidProtocolBufferException("trace or span id: no hex");
    }
  }

  public static String print(ExportRequest export) throws InvalidProtocolBufferException {
    return switch (OtlpIds.map(export, OtlpJson::toHex)) {
      case ExportRequest.Logs(ExportLogsServiceRequest request) -> PRINTER.print(request);
      case ExportRequest.Metrics(ExportMetricsServiceRequest request) -> PRINTER.print(request);
      case ExportRequest.Traces(ExportTraceServiceRequest request) -> PRINTER.print(request);
    };
  }

  private static <B extends Message.Builder> B merge(String json, B builder)
      throws InvalidProtocolBufferException {
    try {
      PARSER.merge(json, builder);
    } catch (InvalidProtocolBufferException malformed) {
      throw malformed;
    } catch (RuntimeException | StackOverflowError malformed) {
      // The JSON reader below the parser throws its own unchecked exceptions for some broken texts.
      throw new InvalidProtocolBufferException("json: malformed");
    }
    return builder;
  }

  private static ByteString fromHex(ByteString decodedAsBase64) {
    String hex = Base64.getEncoder().withoutPadding().encodeToString(decodedAsBase64.toByteArray());
    return ByteString.copyFrom(HEX.parseHex(hex));
  }

  private static ByteString toHex(ByteString id) {
    return ByteString.copyFrom(Base64.getDecoder().decode(HEX.formatHex(id.toByteArray())));
  }
}
