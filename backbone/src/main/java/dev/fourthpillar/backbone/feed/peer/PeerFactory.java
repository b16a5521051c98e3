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
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Consumes the feeds of this service's peers while it runs. */
@Factory
final class PeerFactory {

  @Context
  @Bean(preDestroy = "close")
  PeerConsumers consumers(
      List<PeerEvents> wanted,
      PeersConfig peers,
      AuthConfig auth,
      Jdbi pool,
      MeterRegistry metrics,
      Tls tls,
      InstantSource clock,
      @Property(name = "micronaut.application.name") String application) {
    if (wanted.isEmpty() || Arrays.stream(Peer.values()).noneMatch(p -> isSet(peers, p))) {
      return new PeerConsumers(List.of(), List.of());
    }
    var credentials = token(peers, auth, clock, application).credentials();
    return PeerConsumers.start(wanted, peers, tls.channel(), credentials, pool, metrics);
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
