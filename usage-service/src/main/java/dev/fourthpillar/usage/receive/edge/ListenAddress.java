package dev.fourthpillar.usage.receive.edge;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where the doors listen: where the service's own gRPC server does, so that a service for local use
 * is bound to the loopback interface with all its doors.
 */
@Singleton
final class ListenAddress {
  private final @Nullable String host;

  ListenAddress(@Value("${grpc.server.host:}") @Nullable String host) {
    this.host = host;
  }

  InetSocketAddress of(int port) {
    return host == null || host.isBlank()
        ? new InetSocketAddress(port)
        : new InetSocketAddress(host, port);
  }
}
