package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How calls are let through ({@code fourthpillar.enforcement.*}).
 *
 * @param lanes transactions under way at the same time, per replica; fewer than the pool has
 *     connections
 * @param collect a busy lane waits so long for more calls to decide in one transaction
 * @param maxBatch calls decided in one transaction
 * @param queue calls that wait for one lane; more are refused with OVERLOADED
 * @param factsTtl how old what is known of people, rates and gates may be
 * @param maxEstimatedOutput tokens that a model is estimated to write at most
 * @param sweepInterval between two looks for holds whose time is over
 * @param sweepBatch holds that one transaction of a sweep ends, or deletes
 */
@ConfigurationProperties(EnforcementConfig.PREFIX)
record EnforcementConfig(
    @Bindable(defaultValue = "2") int lanes,
    @Bindable(defaultValue = "2ms") Duration collect,
    @Bindable(defaultValue = "1000") int maxBatch,
    @Bindable(defaultValue = "1000") int queue,
    @Bindable(defaultValue = "1s") Duration factsTtl,
    @Bindable(defaultValue = "16384") long maxEstimatedOutput,
    @Bindable(defaultValue = "1s") Duration sweepInterval,
    @Bindable(defaultValue = "200") int sweepBatch) {
  static final String PREFIX = "fourthpillar.enforcement";

  EnforcementConfig {
    Check check = new Check(PREFIX);
    check.between("lanes", lanes, 1, 64);
    check.between("collect", collect, Duration.ZERO, Duration.ofMillis(50));
    check.between("max-batch", maxBatch, 1, 1_000);
    check.between("queue", queue, 1, 100_000);
    check.between("facts-ttl", factsTtl, Duration.ZERO, Duration.ofMinutes(1));
    check.between("max-estimated-output", maxEstimatedOutput, 1L, 10_000_000L);
    check.between("sweep-interval", sweepInterval, Duration.ofMillis(50), Duration.ofMinutes(10));
    check.between("sweep-batch", sweepBatch, 1, 500);
  }
}
