package dev.fourthpillar.backbone.health;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** The same answer for HTTP probes, without looking again. */
@Singleton
@Readiness
final class ReadinessIndicator implements HealthIndicator {
  private final ServiceHealth health;

  ReadinessIndicator(ServiceHealth health) {
    this.health = health;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    var readiness = health.readiness();
    return Publishers.just(
        HealthResult.builder("service", readiness.ready() ? HealthStatus.UP : HealthStatus.DOWN)
            .details(Map.of("why", readiness.why()))
            .build());
  }
}
