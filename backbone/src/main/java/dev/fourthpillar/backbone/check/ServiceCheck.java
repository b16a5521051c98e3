package dev.fourthpillar.backbone.check;

import com.google.common.base.Throwables;
import dev.fourthpillar.backbone.edge.tls.Tls;
import dev.fourthpillar.backbone.feed.peer.PeerToken;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc;
import dev.fourthpillar.events.v1.GetPartitionsRequest;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.micronaut.context.env.Environment;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a service over gRPC whether it serves, and reads its feed's heads from its database, as any
 * client would.
 */
public final class ServiceCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceCheck.class);

  /** For both questions together, the connection included. */
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private ServiceCheck() {}

  /**
   * @param environment the service's configuration, whose token of role SERVICE is shown
   * @param args the gRPC target, for example {@code dns:///budget:50051}; this machine when there
   *     is none
   * @throws IllegalStateException when it does not serve, or what was read is no answer
   */
  public static void run(Environment environment, String[] args) {
    String target = target(environment, args);
    try (Tls tls = Tls.of(environment)) {
      check(environment, target, tls.channel());
    }
  }

  private static void check(Environment environment, String target, ChannelCredentials encryption) {
    ManagedChannel channel = Grpc.newChannelBuilder(target, encryption).build();
    try {
      requireServing(channel, target);
      read(channel, target, PeerToken.of(environment));
    } catch (StatusRuntimeException e) {
      throw new IllegalStateException(
          "%s: %s (%s)".formatted(target, e.getMessage(), Throwables.getRootCause(e).getMessage()),
          e);
    } finally {
      channel.shutdownNow();
    }
  }

  private static String target(Environment environment, String[] args) {
    return Arrays.stream(args)
        .filter(argument -> !argument.startsWith("-"))
        .findFirst()
        .map(given -> given.contains("///") ? given : "dns:///" + given)
        .orElseGet(
            () ->
                "dns:///127.0.0.1:"
                    + environment.getProperty("grpc.server.port", String.class).orElse("50051"));
  }

  private static void requireServing(ManagedChannel channel, String target) {
    ServingStatus status =
        HealthGrpc.newBlockingStub(channel)
            .withDeadlineAfter(WITHIN.toMillis(), TimeUnit.MILLISECONDS)
            .check(HealthCheckRequest.getDefaultInstance())
            .getStatus();
    if (status != ServingStatus.SERVING) {
      throw new IllegalStateException("%s is %s (expected: SERVING)".formatted(target, status));
    }
    LOG.info("{} is SERVING", target);
  }

  private static void read(ManagedChannel channel, String target, Optional<PeerToken> token) {
    if (token.isEmpty()) {
      LOG.info("nothing was read: fourthpillar.peers.token-file is not set");
      return;
    }
    int partitions =
        EventFeedServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(WITHIN.toMillis(), TimeUnit.MILLISECONDS)
            .withCallCredentials(token.get().credentials())
            .getPartitions(GetPartitionsRequest.getDefaultInstance())
            .getPartitionsCount();
    if (partitions == 0) {
      throw new IllegalStateException(
          target + " has a feed of 0 partitions (expected: at least 1)");
    }
    LOG.info("{} has a feed of {} partitions", target, partitions);
  }
}
