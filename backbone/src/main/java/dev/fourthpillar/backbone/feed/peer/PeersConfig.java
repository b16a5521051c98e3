package dev.fourthpillar.backbone.feed.peer;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the other services of the suite are. One that is not set is not listened to: a service
 * starts and serves alone.
 *
 * @param budget a gRPC target, for example {@code dns:///budget-service:50051}; {@code host:port}
 *     is read as {@code dns:///host:port}
 * @param usage the same of usage-service
 * @param comp the same of comp-service
 * @param tokenFile holds the token with role SERVICE that this service shows to its peers; read
 *     again for each stream, so that it may be renewed in place. Not needed in auth mode {@code
 *     local}
 * @param replicaId names this replica among those of its service, the same after a restart: then it
 *     goes on with its partitions at once. Of two processes with one name the later goes on. Not
 *     set: another name with each start, and what a killed process held waits until its lease ends
 * @param keepaliveTime of silence on a connection, after which this service asks whether the peer
 *     is alive; no less than the peers' {@code fourthpillar.edge.min-client-keepalive}
 */
@ConfigurationProperties(PeersConfig.PREFIX)
public record PeersConfig(
    @Nullable String budget,
    @Nullable String usage,
    @Nullable String comp,
    @Nullable Path tokenFile,
    @Nullable String replicaId,
    @Bindable(defaultValue = "45s") Duration keepaliveTime) {
  static final String PREFIX = "fourthpillar.peers";

  private static final String HOST_AND_PORT = "[^\\s/:]+:[0-9]{1,5}";
  private static final String REPLICA = "[A-Za-z0-9._-]{1,63}";
  private static final String TARGET = "[a-z]+:///\\S+";

  public PeersConfig {
    Check check = new Check(PREFIX);
    checkTarget(check, "budget", budget);
    checkTarget(check, "usage", usage);
    checkTarget(check, "comp", comp);
    check.that(
        "replica-id",
        replicaId == null || replicaId.isBlank() || replicaId.matches(REPLICA),
        replicaId,
        "1 to 63 letters, digits, '.', '_' or '-'");
    check.between("keepalive-time", keepaliveTime, Duration.ofSeconds(10), Duration.ofDays(1));
  }

  /** The name of this replica; another one each time when none is set. */
  String replica() {
    return replicaId == null || replicaId.isBlank() ? UUID.randomUUID().toString() : replicaId;
  }

  /** The gRPC target of a peer, when it is set. */
  Optional<String> target(Peer peer) {
    String address =
        switch (peer) {
          case BUDGET -> budget;
          case USAGE -> usage;
          case COMP -> comp;
        };
    return Optional.ofNullable(address)
        .filter(given -> !given.isBlank())
        // Never the default scheme: discovery libraries change it.
        .map(given -> given.matches(HOST_AND_PORT) ? "dns:///" + given : given);
  }

  private static void checkTarget(Check check, String key, @Nullable String address) {
    check.that(
        key,
        address == null
            || address.isBlank()
            || address.matches(HOST_AND_PORT)
            || address.matches(TARGET),
        address,
        "host:port, or a gRPC target such as dns:///budget-service:50051");
  }
}
