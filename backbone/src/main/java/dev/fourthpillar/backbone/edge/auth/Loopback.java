package dev.fourthpillar.backbone.edge.auth;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of a key file prove nothing to anybody else, so a service that accepts them must not be
 * reachable from elsewhere. Checked at start, before anything listens.
 */
@Context
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class Loopback {
  Loopback(
      AuthConfig auth,
      @Value("${grpc.server.host:}") @Nullable String grpcHost,
      @Value("${micronaut.server.host:}") @Nullable String managementHost) {
    if (auth.mode() == AuthConfig.Mode.LOCAL) {
      require("grpc.server.host", grpcHost);
      require("micronaut.server.host", managementHost);
    }
  }

  private static void require(String key, @Nullable String host) {
    if (!isLoopback(host)) {
      throw new ConfigurationException(
          "%s: %s (expected: a loopback address such as 127.0.0.1, because %s.mode=local)"
              .formatted(
                  key, host == null || host.isEmpty() ? "not set" : host, AuthConfig.PREFIX));
    }
  }

  static boolean isLoopback(@Nullable String host) {
    if (host == null || host.isBlank()) {
      return false;
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException _) {
      return false;
    }
  }
}
