package dev.fourthpillar.usage.receive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.TestService;
import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.otlp.OtlpSignal;
import dev.fourthpillar.usage.receive.edge.OtlpGrpcServer;
import dev.fourthpillar.usage.receive.edge.OtlpHttpServer;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** A tool that sends its telemetry, over any of the protocols, with a token of its own. */
public final class Sender implements AutoCloseable {
  private final ManagedChannel channel;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI address;
  private final String token;

  private Sender(TestService service, String token) {
    this(
        service.bean(OtlpGrpcServer.class).port(),
        service.bean(OtlpHttpServer.class).port(),
        token);
  }

  /** To a service that is a process of its own. */
  public Sender(int grpcPort, int httpPort, String token) {
    this.channel = NettyChannelBuilder.forAddress("127.0.0.1", grpcPort).usePlaintext().build();
    this.address = URI.create("http://127.0.0.1:" + httpPort);
    this.token = token;
  }

  /** Of a credential that many share. */
  public static Sender shared(TestService service) {
    return new Sender(
        service, service.token(new Caller("collector", Optional.empty(), Set.of(Role.INGEST))));
  }

  /** Of a credential that is one engineer's. */
  public static Sender of(TestService service, String engineer) {
    return new Sender(
        service, service.token(new Caller("laptop", Optional.of(engineer), Set.of(Role.INGEST))));
  }

  public static Sender as(TestService service, Role role) {
    return new Sender(
        service, service.token(new Caller("somebody", Optional.empty(), Set.of(role))));
  }

  /** The ways a tool may be set up to send. */
  enum Protocol {
    GRPC,
    GRPC_GZIP,
    HTTP_PROTOBUF,
    HTTP_PROTOBUF_GZIP,
    HTTP_JSON,
    HTTP_JSON_GZIP
  }

  /** Sends it, expecting success, and gives the answer's rejected records. */
  void send(ExportRequest export, OtlpBodies bodies, Protocol protocol) {
    switch (protocol) {
      case GRPC -> grpc(export, "identity");
      case GRPC_GZIP -> grpc(export, "gzip");
      case HTTP_PROTOBUF, HTTP_PROTOBUF_GZIP, HTTP_JSON, HTTP_JSON_GZIP -> {
        boolean json = protocol == Protocol.HTTP_JSON || protocol == Protocol.HTTP_JSON_GZIP;
        boolean gzip =
            protocol == Protocol.HTTP_PROTOBUF_GZIP || protocol == Protocol.HTTP_JSON_GZIP;
        ByteString body = bodies.of(export, json ? OtlpEncoding.JSON : OtlpEncoding.PROTOBUF);
        HttpResponse<byte[]> answer =
            post(
                path(export.signal()),
                json ? "application/json" : "application/x-protobuf",
                gzip ? "gzip" : "",
                gzip ? gzip(body.toByteArray()) : body.toByteArray());
        if (answer.statusCode() != 200) {
          throw new AssertionError(answer.statusCode() + " " + new String(answer.body(), UTF_8));
        }
      }
    }
  }

  public Message grpc(ExportRequest export, String compression) {
    BearerToken credentials = new BearerToken(token);
    return switch (export) {
      case ExportRequest.Logs logs ->
          LogsServiceGrpc.newBlockingStub(channel)
              .withCallCredentials(credentials)
              .withCompression(compression)
              .export(logs.request());
      case ExportRequest.Metrics metrics ->
          MetricsServiceGrpc.newBlockingStub(channel)
              .withCallCredentials(credentials)
              .withCompression(compression)
              .export(metrics.request());
      case ExportRequest.Traces traces ->
          TraceServiceGrpc.newBlockingStub(channel)
              .withCallCredentials(credentials)
              .withCompression(compression)
              .export(traces.request());
    };
  }

  public HttpResponse<byte[]> post(String path, String type, String encoding, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .header("authorization", "Bearer " + token)
            .header("content-type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!encoding.isEmpty()) {
      request.header("content-encoding", encoding);
    }
    return send(request.build());
  }

  HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  ManagedChannel channel() {
    return channel;
  }

  URI address() {
    return address;
  }

  static String path(OtlpSignal signal) {
    return "/v1/" + signal.name().toLowerCase(Locale.ROOT);
  }

  public static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    http.close();
  }
}
