package dev.fourthpillar.usage.receive.edge;

import dev.fourthpillar.usage.settle.Valuation;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes the doors for telemetry, after the service's own drain has told the balancers. */
@Singleton
@Requires(beans = Valuation.class)
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class Doors implements ApplicationEventListener<ShutdownEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

  /**
   * Of each door. Senders had all of the drain's time; what is cut now is sent again or was stored.
   */
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final OtlpGrpcServer grpc;
  private final OtlpHttpServer http;

  Doors(OtlpGrpcServer grpc, OtlpHttpServer http) {
    this.grpc = grpc;
    this.http = http;
  }

  void open() {
    grpc.start();
    http.start();
    LOG.info("OTLP over gRPC on port {}, over HTTP on port {}", grpc.port(), http.port());
  }

  @Override
  public void onApplicationEvent(ShutdownEvent event) {
    try {
      grpc.stop(WAIT);
      http.stop(WAIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
