package dev.fourthpillar.backbone.health;

import dev.fourthpillar.backbone.edge.server.OfferedServices;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this replica should get calls, told alike over gRPC and HTTP. Depends on the own database
 * and on the drain, never on another service: one that is down must not take the others with it.
 */
@Context
public final class ServiceHealth {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceHealth.class);

  private final HealthStatusManager grpc;
  private final OfferedServices services;
  private final DatabaseProbe probe;
  private final DatabasePresence presence;
  private final boolean bearsLoss;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("health").factory());
  private volatile Readiness readiness = Readiness.notReady("not looked yet");
  private boolean startedWell;
  private boolean draining;

  ServiceHealth(
      HealthStatusManager grpc,
      OfferedServices services,
      DatabaseProbe probe,
      HealthConfig config,
      DatabasePresence presence,
      Optional<DatabaseLoss> loss) {
    this.grpc = grpc;
    this.services = services;
    this.probe = probe;
    this.presence = presence;
    this.bearsLoss = loss.filter(DatabaseLoss::isBorne).isPresent();
    publish(readiness);
    // The first look is part of the start: what is up is ready at once.
    look();
    long millis = config.interval().toMillis();
    // Never completes: look() catches everything, close() ends it.
    var _ = timer.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
  }

  Readiness readiness() {
    return readiness;
  }

  /** Says NOT_SERVING from now on, whatever the database does. */
  public synchronized void drain() {
    draining = true;
    publish(Readiness.notReady("the replica is draining"));
  }

  @PreDestroy
  void close() {
    timer.shutdownNow();
  }

  private void look() {
    try {
      looked(probe.look());
    } catch (RuntimeException e) {
      // A timer that throws never runs again, and health would stay what it was.
      LOG.error("the look at the database failed", e);
      looked(Readiness.notReady("the look at the database failed"));
    }
  }

  private synchronized void looked(Readiness seen) {
    presence.seen(seen.ready());
    startedWell |= seen.ready();
    publishUnlessDraining(
        !seen.ready() && startedWell && bearsLoss
            ? Readiness.ready("some calls are answered although " + seen.why())
            : seen);
  }

  private synchronized void publishUnlessDraining(Readiness seen) {
    if (!draining) {
      publish(seen);
    }
  }

  private void publish(Readiness seen) {
    if (seen.ready() != readiness.ready()) {
      LOG.info("{}: {}", seen.ready() ? "SERVING" : "NOT_SERVING", seen.why());
    }
    readiness = seen;
    ServingStatus status = seen.ready() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    grpc.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    services.names().forEach(name -> grpc.setStatus(name, status));
  }
}
