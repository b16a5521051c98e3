package dev.fourthpillar.usage.receive.edge;

import dev.fourthpillar.backbone.drain.DrainConfig;
import dev.fourthpillar.usage.settle.Valuation;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes the doors for telemetry, after the service's own drain has told the balancers. */
@Singleton
@Requires(beans = Valuation.class)
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class Doors implements ApplicationEventListener<ShutdownEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

  private final OtlpGrpcServer grpc;
  private final OtlpHttpServer http;
  private final DrainConfig drain;

  Doors(OtlpGrpcServer grpc, OtlpHttpServer http, DrainConfig drain) {
    this.grpc = grpc;
    this.http = http;
    this.drain = drain;
  }

  void open() {
    grpc.start();
    http.start();
    LOG.info("OTLP over gRPC on port {}, over HTTP on port {}", grpc.port(), http.port());
  }

  @Override
  public void onApplicationEvent(ShutdownEvent event) {
    try {
      grpc.stop(drain.gracefulWait());
      http.stop(drain.gracefulWait());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
