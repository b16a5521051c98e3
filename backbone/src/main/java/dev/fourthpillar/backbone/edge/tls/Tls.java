package dev.fourthpillar.backbone.edge.tls;

import static java.util.Objects.requireNonNull;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this service shows to whoever connects, and whom it trusts. Files that are replaced in place
 * count for connections that begin after the next look; if they make no sense, the ones before
 * stay.
 */
public final class Tls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

  private final TlsConfig config;
  private final AdvancedTlsX509KeyManager own = new AdvancedTlsX509KeyManager();
  private final AdvancedTlsX509TrustManager others;
  private final ScheduledExecutorService reload =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tls-reload").factory());

  private Tls(TlsConfig config) throws GeneralSecurityException {
    this.config = config;
    this.others = AdvancedTlsX509TrustManager.newBuilder().build();
  }

  /**
   * Reads the files, if there are some.
   *
   * @throws ConfigurationException when they cannot be read or do not belong together
   */
  static Tls open(TlsConfig config) {
    try {
      Tls tls = new Tls(config);
      if (config.isOn()) {
        tls.read();
        long millis = config.reloadInterval().toMillis();
        // Never completes: close() ends it.
        var _ =
            tls.reload.scheduleWithFixedDelay(
                tls::readAgain, millis, millis, TimeUnit.MILLISECONDS);
      }
      return tls;
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new ConfigurationException(
          "%s.certificate, key, authorities: %s, %s, %s (expected: PEM files that belong together): %s"
              .formatted(
                  TlsConfig.PREFIX,
                  config.certificate(),
                  config.key(),
                  config.authorities(),
                  e.getMessage()));
    }
  }

  /** What the configuration of a service that does not run says. */
  public static Tls of(Environment environment) {
    return open(
        new TlsConfig(
            path(environment, "certificate"),
            path(environment, "key"),
            path(environment, "authorities"),
            TlsConfig.Clients.UNKNOWN,
            Duration.ofMinutes(1)));
  }

  private static @Nullable Path path(Environment environment, String key) {
    return environment
        .getProperty(TlsConfig.PREFIX + "." + key, String.class)
        .filter(file -> !file.isBlank())
        .map(Path::of)
        .orElse(null);
  }

  private void read() throws GeneralSecurityException, IOException {
    own.updateIdentityCredentials(
        requireNonNull(config.certificate()).toFile(), requireNonNull(config.key()).toFile());
    others.updateTrustCredentials(requireNonNull(config.authorities()).toFile());
  }

  private void readAgain() {
    try {
      read();
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      // They may be half replaced; a timer that throws would never look again.
      LOG.warn("the files of {} are not used as they are: {}", TlsConfig.PREFIX, e.getMessage());
    }
  }

  /** For a gRPC server; empty when it speaks plain text. */
  public Optional<SslContext> grpcServer() throws SSLException {
    return config.isOn()
        ? Optional.of(GrpcSslContexts.configure(serverBuilder()).build())
        : Optional.empty();
  }

  /** For an HTTP/1.1 server; empty when it speaks plain text. */
  public Optional<SslContext> httpServer() throws SSLException {
    return config.isOn() ? Optional.of(serverBuilder().build()) : Optional.empty();
  }

  private SslContextBuilder serverBuilder() {
    return SslContextBuilder.forServer(own)
        .trustManager(others)
        .clientAuth(
            switch (config.clients()) {
              case UNKNOWN -> ClientAuth.NONE;
              case CERTIFIED -> ClientAuth.REQUIRE;
            });
  }

  /** For a client of another service of the suite. */
  public ChannelCredentials channel() {
    return config.isOn()
        ? TlsChannelCredentials.newBuilder().keyManager(own).trustManager(others).build()
        : InsecureChannelCredentials.create();
  }

  @Override
  public void close() {
    reload.shutdownNow();
  }
}
