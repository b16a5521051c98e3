package dev.fourthpillar.backbone.feed.peer;

import dev.fourthpillar.backbone.edge.auth.AuthConfig;
import dev.fourthpillar.backbone.edge.auth.LocalIssuer;
import dev.fourthpillar.backbone.edge.tls.Tls;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.grpc.discovery.GrpcNameResolverProvider;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Consumes the feeds of this service's peers while it runs. */
@Factory
final class PeerFactory {
  private static final Logger LOG = LoggerFactory.getLogger(PeerFactory.class);

  @Context
  @Bean(preDestroy = "close")
  PeerConsumers consumers(
      List<PeerEvents> wanted,
      PeersConfig peers,
      AuthConfig auth,
      Jdbi pool,
      MeterRegistry metrics,
      OpenTelemetry telemetry,
      Tls tls,
      InstantSource clock,
      @Nullable GrpcNameResolverProvider resolver,
      @Property(name = "micronaut.application.name") String application) {
    if (resolver != null) {
      // Made, it has registered itself.
      LOG.info("targets may begin with {}:///", resolver.getDefaultScheme());
    }
    if (wanted.isEmpty() || Arrays.stream(Peer.values()).noneMatch(p -> isSet(peers, p))) {
      return new PeerConsumers(List.of(), List.of());
    }
    var credentials = token(peers, auth, clock, application).credentials();
    Tracer tracer = telemetry.getTracer(PeerFactory.class.getPackageName());
    return PeerConsumers.start(wanted, peers, tls.channel(), credentials, pool, metrics, tracer);
  }

  private static boolean isSet(PeersConfig peers, Peer peer) {
    return peers.target(peer).isPresent();
  }

  private static PeerToken token(
      PeersConfig peers, AuthConfig auth, InstantSource clock, String application) {
    return switch (auth.mode()) {
      case LOCAL ->
          PeerToken.minted(
              LocalIssuer.open(Path.of(auth.localKeyFile()), auth.audience()), application, clock);
      case ISSUER -> {
        Path file = peers.tokenFile();
        if (file == null) {
          throw new ConfigurationException(
              PeersConfig.PREFIX
                  + ".token-file: not set (expected: a file with a token of role SERVICE)");
        }
        yield PeerToken.readFrom(file);
      }
    };
  }
}
