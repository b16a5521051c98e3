package dev.fourthpillar.usage.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.TestService;
import dev.fourthpillar.testkit.tls.Authority;
import dev.fourthpillar.usage.receive.edge.OtlpGrpcServer;
import dev.fourthpillar.usage.receive.edge.OtlpHttpServer;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Telemetry is encrypted where calls are, through both doors. */
@PostgresTest
class TlsDoorsTest {
  private static final long PATIENCE_SECONDS = 30;
  private static final Caller COLLECTOR =
      new Caller("collector", Optional.empty(), Set.of(Role.INGEST));

  @TempDir private static Path folder;
  private static TestService service;
  private static Authority authority;

  @BeforeAll
  static void start(TestDatabase database) throws Exception {
    authority = Authority.create(folder.resolve("authority.p12"));
    Path certificate = folder.resolve("tls.crt");
    Path key = folder.resolve("tls.key");
    authority.issue(certificate, key);
    Path authorities = Files.writeString(folder.resolve("ca.crt"), authority.certificate());
    service =
        TestService.start(
            database,
            Map.of(
                "fourthpillar.tls.certificate", certificate.toString(),
                "fourthpillar.tls.key", key.toString(),
                "fourthpillar.tls.authorities", authorities.toString()));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void theGrpcDoorSpeaksTlsAndNothingElse() throws Exception {
    ChannelCredentials trusting =
        TlsChannelCredentials.newBuilder().trustManager(folder.resolve("ca.crt").toFile()).build();
    assertThat(export(trusting)).isEqualTo(ExportLogsServiceResponse.getDefaultInstance());
    assertThatThrownBy(() -> export(InsecureChannelCredentials.create()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("UNAVAILABLE");
  }

  @Test
  void theHttpDoorSpeaksTlsAndNothingElse() throws Exception {
    try (HttpClient trusting = HttpClient.newBuilder().sslContext(trust()).build();
        HttpClient plain = HttpClient.newHttpClient()) {
      assertThat(post(trusting, "https").statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> post(plain, "http")).isInstanceOf(IOException.class);
    }
  }

  private static ExportLogsServiceResponse export(ChannelCredentials credentials) {
    int port = service.bean(OtlpGrpcServer.class).port();
    ManagedChannel channel =
        Grpc.newChannelBuilder("dns:///127.0.0.1:" + port, credentials).build();
    try {
      return LogsServiceGrpc.newBlockingStub(channel)
          .withCallCredentials(service.as("collector", Role.INGEST))
          .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .export(ExportLogsServiceRequest.getDefaultInstance());
    } finally {
      channel.shutdownNow();
    }
  }

  private static HttpResponse<byte[]> post(HttpClient client, String scheme)
      throws IOException, InterruptedException {
    int port = service.bean(OtlpHttpServer.class).port();
    return client.send(
        HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + port + "/v1/logs"))
            .header("authorization", "Bearer " + service.token(COLLECTOR))
            .header("content-type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[0]))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static SSLContext trust() throws Exception {
    KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
    known.load(null, null);
    byte[] pem = authority.certificate().getBytes(StandardCharsets.US_ASCII);
    known.setCertificateEntry(
        "authority",
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
    TrustManagerFactory trusts =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusts.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trusts.getTrustManagers(), null);
    return context;
  }
}
