package dev.fourthpillar.backbone.outcome;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How long outcomes are kept.
 *
 * @param retention from the moment of the outcome; a retry after it is a new request
 * @param sweepInterval between two sweeps of expired outcomes
 * @param sweepBatch rows that one statement of a sweep deletes
 * @param sweepBatches statements of one sweep; what is left waits for the next
 */
@ConfigurationProperties(OutcomeConfig.PREFIX)
public record OutcomeConfig(
    @Bindable(defaultValue = "7d") Duration retention,
    @Bindable(defaultValue = "1m") Duration sweepInterval,
    @Bindable(defaultValue = "1000") int sweepBatch,
    @Bindable(defaultValue = "100") int sweepBatches) {
  static final String PREFIX = "fourthpillar.outcome";

  public OutcomeConfig {
    Check check = new Check(PREFIX);
    check.between("retention", retention, Duration.ofMinutes(1), Duration.ofDays(90));
    check.between("sweep-interval", sweepInterval, Duration.ofSeconds(1), Duration.ofDays(1));
    check.between("sweep-batch", sweepBatch, 1, 10_000);
    check.between("sweep-batches", sweepBatches, 1, 10_000);
  }
}
