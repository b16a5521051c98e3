package dev.fourthpillar.sample.operate;

import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.sample.operate.OperatedSample.Settings;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.tls.Authority;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls are encrypted, callers may have to show who they are, and certificates are renewed. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/sample"})
class TlsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static Path certificate;
  private static Path key;
  private static Path authorities;
  private static Authority authority;
  private static BigInteger serial;

  @BeforeAll
  static void issue() throws Exception {
    certificate = folder.resolve("tls.crt");
    key = folder.resolve("tls.key");
    authorities = folder.resolve("ca.crt");
    authority = Authority.create(folder.resolve("authority.p12"));
    serial = authority.issue(certificate, key);
    Files.writeString(authorities, authority.certificate());
  }

  private static Settings settings(TestDatabase database) {
    return Settings.of(
            new LocalDatabase(database.jdbcUrl(), database.username(), database.password()),
            folder.resolve("issuer.jwks"))
        .with("fourthpillar.tls.certificate", certificate)
        .with("fourthpillar.tls.key", key)
        .with("fourthpillar.tls.authorities", authorities)
        .with("fourthpillar.tls.reload-interval", "1s");
  }

  @Test
  void whoTrustsTheAuthorityIsServedAndARenewedCertificateIsShown(TestDatabase database)
      throws Exception {
    Settings settings = settings(database);
    try (OperatedSample _ = OperatedSample.start(settings)) {
      assertThat(shown(settings)).isEqualTo(serial);
      assertThat(health(settings, trusting())).isEqualTo(SERVING);
      assertThatThrownBy(() -> health(settings, InsecureChannelCredentials.create()))
          .isInstanceOf(StatusRuntimeException.class);
      try (SampleProcess check = SampleProcess.command(settings, "text", "check")) {
        assertThat(check.awaitExit(PATIENCE)).as(String.join("\n", check.lines())).isZero();
      }

      // Without a restart.
      Files.writeString(key, "half of a key");
      assertThat(health(settings, trusting())).as("the ones before stay").isEqualTo(SERVING);
      BigInteger renewed = authority.issue(certificate, key);
      // The two files are replaced one after the other.
      await().atMost(PATIENCE).ignoreExceptions().until(() -> shown(settings).equals(renewed));
      assertThat(health(settings, trusting())).isEqualTo(SERVING);
    }
  }

  @Test
  void whoHasToShowACertificateIsNotServedWithoutOne(TestDatabase database) throws Exception {
    Settings settings = settings(database).with("fourthpillar.tls.clients", "certified");
    try (OperatedSample _ = OperatedSample.start(settings)) {
      assertThatThrownBy(() -> health(settings, trusting()))
          .isInstanceOf(StatusRuntimeException.class);
      Authority stranger = Authority.create(folder.resolve("stranger.p12"));
      stranger.issue(folder.resolve("stranger.crt"), folder.resolve("stranger.key"));
      assertThatThrownBy(() -> health(settings, showing("stranger")))
          .isInstanceOf(StatusRuntimeException.class);
      authority.issue(folder.resolve("client.crt"), folder.resolve("client.key"));
      assertThat(health(settings, showing("client"))).isEqualTo(SERVING);
    }
  }

  @Test
  void filesThatDoNotBelongTogetherEndTheStart(TestDatabase database) throws Exception {
    Path noKey = Files.writeString(folder.resolve("no.key"), "no key");
    Settings settings = settings(database).with("fourthpillar.tls.key", noKey);
    try (SampleProcess process = SampleProcess.launch(settings, "text")) {
      assertThat(process.awaitExit(PATIENCE)).isEqualTo(78);
      assertThat(String.join("\n", process.lines()))
          .contains("refusing to start: fourthpillar.tls.certificate, key, authorities: ");
    }
  }

  private static ChannelCredentials trusting() throws Exception {
    return TlsChannelCredentials.newBuilder().trustManager(authorities.toFile()).build();
  }

  private static ChannelCredentials showing(String name) throws Exception {
    return TlsChannelCredentials.newBuilder()
        .trustManager(authorities.toFile())
        .keyManager(folder.resolve(name + ".crt").toFile(), folder.resolve(name + ".key").toFile())
        .build();
  }

  private static ServingStatus health(Settings settings, ChannelCredentials credentials)
      throws InterruptedException {
    ManagedChannel channel =
        Grpc.newChannelBuilder("dns:///127.0.0.1:" + port(settings), credentials).build();
    try {
      return HealthGrpc.newBlockingStub(channel)
          .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .check(HealthCheckRequest.getDefaultInstance())
          .getStatus();
    } finally {
      channel.shutdownNow();
    }
  }

  private static int port(Settings settings) {
    return (int) settings.properties().get("grpc.server.port");
  }

  /** The serial number of the certificate that a new connection is shown. */
  private static BigInteger shown(Settings settings) throws Exception {
    SSLContext anybody = SSLContext.getInstance("TLS");
    anybody.init(null, new TrustManager[] {new TrustsAnybody()}, null);
    try (SSLSocket socket =
        (SSLSocket) anybody.getSocketFactory().createSocket("127.0.0.1", port(settings))) {
      var parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
    }
  }

  /** Only to look at what is shown. */
  private static final class TrustsAnybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
