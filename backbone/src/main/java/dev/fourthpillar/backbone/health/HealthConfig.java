package dev.fourthpillar.backbone.health;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How often the own database is looked at.
 *
 * @param interval between two looks
 * @param timeout after which a look counts as failed
 */
@ConfigurationProperties(HealthConfig.PREFIX)
public record HealthConfig(
    @Bindable(defaultValue = "500ms") Duration interval,
    @Bindable(defaultValue = "1s") Duration timeout) {
  static final String PREFIX = "fourthpillar.health";

  public HealthConfig {
    Check check = new Check(PREFIX);
    check.between("interval", interval, Duration.ofMillis(50), Duration.ofMinutes(1));
    // The driver counts whole seconds.
    check.between("timeout", timeout, Duration.ofSeconds(1), Duration.ofSeconds(30));
  }
}
