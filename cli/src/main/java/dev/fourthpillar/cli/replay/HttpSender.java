package dev.fourthpillar.cli.replay;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.otlp.OtlpSignal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** OTLP over HTTP, as protobuf or as JSON. */
final class HttpSender implements OtlpSender {
  private static final int MAX_MESSAGE_CHARACTERS = 300;

  private final HttpClient client;
  private final String base;
  private final String token;
  private final OtlpEncoding encoding;

  /**
   * @param base for example {@code http://127.0.0.1:4318}
   */
  HttpSender(String base, String token, OtlpEncoding encoding) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(DEADLINE)
            .build();
    this.base = base;
    this.token = token;
    this.encoding = encoding;
  }

  @Override
  public OtlpEncoding encoding() {
    return encoding;
  }

  @Override
  public Answer send(OtlpSignal signal, ByteString body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/v1/" + signal.name().toLowerCase(Locale.ROOT)))
            .timeout(DEADLINE)
            .header("authorization", "Bearer " + token)
            .header("content-type", contentType())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
            .build();
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return switch (response.statusCode()) {
        case 200 -> taken(signal, response.body());
        // As OTLP has it: these may succeed when they are sent again.
        case 429, 502, 503, 504 -> new Answer.Busy(describe(response));
        default -> new Answer.Refused(describe(response));
      };
    } catch (IOException e) {
      return new Answer.Busy(base + ": " + e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Answer.Refused("interrupted");
    }
  }

  private String contentType() {
    return encoding == OtlpEncoding.JSON ? "application/json" : "application/x-protobuf";
  }

  private Answer taken(OtlpSignal signal, byte[] body) {
    try {
      return switch (signal) {
        case LOGS -> {
          var partial =
              read(body, ExportLogsServiceResponse.newBuilder()).build().getPartialSuccess();
          yield new Answer.Taken(partial.getRejectedLogRecords(), partial.getErrorMessage());
        }
        case METRICS -> {
          var partial =
              read(body, ExportMetricsServiceResponse.newBuilder()).build().getPartialSuccess();
          yield new Answer.Taken(partial.getRejectedDataPoints(), partial.getErrorMessage());
        }
        case TRACES -> {
          var partial =
              read(body, ExportTraceServiceResponse.newBuilder()).build().getPartialSuccess();
          yield new Answer.Taken(partial.getRejectedSpans(), partial.getErrorMessage());
        }
      };
    } catch (InvalidProtocolBufferException e) {
      return new Answer.Refused("an answer that is not OTLP's: " + e.getMessage());
    }
  }

  private <B extends Message.Builder> B read(byte[] body, B response)
      throws InvalidProtocolBufferException {
    // Some receivers have nothing to say, not even as JSON.
    if (encoding == OtlpEncoding.JSON && body.length > 0) {
      JsonFormat.parser()
          .ignoringUnknownFields()
          .merge(new String(body, StandardCharsets.UTF_8), response);
    } else {
      response.mergeFrom(body);
    }
    return response;
  }

  private static String describe(HttpResponse<byte[]> response) {
    String text = new String(response.body(), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
    return "HTTP %d %s"
        .formatted(
            response.statusCode(),
            text.substring(0, Math.min(text.length(), MAX_MESSAGE_CHARACTERS)));
  }

  @Override
  public void close() {
    client.close();
  }
}
