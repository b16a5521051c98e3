package dev.fourthpillar.usage.daily;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * When the daily events about open usage are sent, and how often it is counted.
 *
 * @param delay after the end of a UTC day: until its usage has arrived
 * @param interval between two looks for days that are over
 * @param countInterval between two counts for the metrics
 */
@ConfigurationProperties(OpenUsageConfig.PREFIX)
record OpenUsageConfig(
    @Bindable(defaultValue = "1h") Duration delay,
    @Bindable(defaultValue = "10m") Duration interval,
    @Bindable(defaultValue = "30s") Duration countInterval) {
  static final String PREFIX = "fourthpillar.open-usage";

  OpenUsageConfig {
    Check check = new Check(PREFIX);
    check.between("delay", delay, Duration.ZERO, Duration.ofDays(1));
    check.between("interval", interval, Duration.ofMillis(100), Duration.ofDays(1));
    check.between("count-interval", countInterval, Duration.ofMillis(100), Duration.ofHours(1));
  }
}
