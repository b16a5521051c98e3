package dev.fourthpillar.backbone.health;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.management.endpoint.health.HealthLevelOfDetail;
import io.micronaut.management.health.aggregator.HealthAggregator;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/**
 * Wherever our indicator is asked, it alone answers. Libraries bring indicators of their own, which
 * would let the disk or another service decide over readiness, and show the URL of the database.
 */
@Singleton
final class OwnReadiness implements BeanCreatedEventListener<HealthAggregator<HealthResult>> {
  @Override
  public HealthAggregator<HealthResult> onCreated(
      BeanCreatedEvent<HealthAggregator<HealthResult>> event) {
    return new OwnAggregator(event.getBean());
  }

  private record OwnAggregator(HealthAggregator<HealthResult> all)
      implements HealthAggregator<HealthResult> {

    @Override
    public Publisher<HealthResult> aggregate(
        HealthIndicator[] indicators, HealthLevelOfDetail detail) {
      for (HealthIndicator indicator : indicators) {
        if (indicator instanceof ReadinessIndicator) {
          return all.aggregate(new HealthIndicator[] {indicator}, detail);
        }
      }
      return all.aggregate(indicators, detail);
    }

    @Override
    public Publisher<HealthResult> aggregate(String name, Publisher<HealthResult> results) {
      return all.aggregate(name, results);
    }
  }
}
