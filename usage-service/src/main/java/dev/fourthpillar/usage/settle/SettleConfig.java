package dev.fourthpillar.usage.settle;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;

/**
 * How long usage waits, and how often it is looked at.
 *
 * @param grace how long a call of which only lower signals speak waits for a better one
 * @param metricsOnly tools, or groups as {@code tool/group}, that are known to send nothing better
 *     than metrics: their windows do not wait
 * @param unmatchedWait how long a call waits for a hold, where its engineer uses holds
 * @param sweepInterval between two looks for calls whose waiting is over
 * @param sweepBatch calls that one transaction of a look decides on
 * @param tickInterval between two looks for settlements that no event has told of
 */
@ConfigurationProperties(SettleConfig.PREFIX)
public record SettleConfig(
    @Bindable(defaultValue = "10m") Duration grace,
    @Bindable(defaultValue = "") List<String> metricsOnly,
    @Bindable(defaultValue = "2m") Duration unmatchedWait,
    @Bindable(defaultValue = "500ms") Duration sweepInterval,
    @Bindable(defaultValue = "500") int sweepBatch,
    @Bindable(defaultValue = "50ms") Duration tickInterval) {
  static final String PREFIX = "fourthpillar.settle";

  public SettleConfig {
    metricsOnly = metricsOnly.stream().filter(group -> !group.isBlank()).toList();
    Check check = new Check(PREFIX);
    check.between("grace", grace, Duration.ZERO, Duration.ofDays(1));
    check.between("unmatched-wait", unmatchedWait, Duration.ZERO, Duration.ofDays(1));
    check.between("sweep-interval", sweepInterval, Duration.ofMillis(10), Duration.ofMinutes(1));
    check.between("sweep-batch", sweepBatch, 1, 10_000);
    check.between("tick-interval", tickInterval, Duration.ofMillis(5), Duration.ofMillis(100));
  }
}
