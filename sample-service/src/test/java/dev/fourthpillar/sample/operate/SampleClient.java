package dev.fourthpillar.sample.operate;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.auth.LocalIssuer;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc;
import dev.fourthpillar.sample.v1.PocketServiceGrpc;
import dev.fourthpillar.sample.v1.PutInPocketRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One replica seen from outside: calls, probes and scrapes. */
final class SampleClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int managementPort;
  private final LocalIssuer issuer;
  private final ManagedChannel channel;
  private final HttpClient http = HttpClient.newHttpClient();

  SampleClient(int grpcPort, int managementPort, Path keyFile) {
    this.managementPort = managementPort;
    this.issuer = LocalIssuer.open(keyFile, "fourthpillar");
    this.channel = ManagedChannelBuilder.forAddress("127.0.0.1", grpcPort).usePlaintext().build();
  }

  String token(Role role) {
    return issuer.mint(
        new Caller("a-tool", Optional.empty(), Set.of(role)), Duration.ofHours(1), Instant.now());
  }

  PocketServiceGrpc.PocketServiceBlockingStub pockets(String token, String... headers) {
    return with(PocketServiceGrpc.newBlockingStub(channel), token, headers)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  PocketServiceGrpc.PocketServiceFutureStub laterPockets(String token) {
    return with(PocketServiceGrpc.newFutureStub(channel), token)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  EventFeedServiceGrpc.EventFeedServiceStub feed(String token) {
    return with(EventFeedServiceGrpc.newStub(channel), token);
  }

  ServingStatus health(String service) {
    return HealthGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .check(HealthCheckRequest.newBuilder().setService(service).build())
        .getStatus();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
            .timeout(PATIENCE)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** A request to put one dollar into ada's pocket "lunch". */
  static PutInPocketRequest oneDollar(String requestId) {
    var request =
        PutInPocketRequest.newBuilder()
            .setRequestId(requestId)
            .setEngineer("ada")
            .setPocket("lunch");
    request.getAmountBuilder().setCurrencyCode("USD").setUnits(1);
    return request.build();
  }

  private static <S extends AbstractStub<S>> S with(S stub, String token, String... headers) {
    Metadata metadata = new Metadata();
    metadata.put(key("authorization"), "Bearer " + token);
    for (int i = 0; i < headers.length; i += 2) {
      metadata.put(key(headers[i]), headers[i + 1]);
    }
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    http.close();
  }
}
