package dev.fourthpillar.usage.intake;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How long a resend is recognised. What is older than that is turned away by name, and evidence is
 * kept for so long.
 */
@ConfigurationProperties(DeduplicationConfig.PREFIX)
public record DeduplicationConfig(@Bindable(defaultValue = "35d") Duration window) {
  static final String PREFIX = "fourthpillar.deduplication";

  public DeduplicationConfig {
    new Check(PREFIX).between("window", window, Duration.ofDays(1), Duration.ofDays(3_650));
  }
}
