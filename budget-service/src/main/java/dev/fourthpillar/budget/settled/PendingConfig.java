package dev.fourthpillar.budget.settled;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * When lines that wait are looked at ({@code fourthpillar.pending.*}).
 *
 * @param interval between two looks
 */
@ConfigurationProperties("fourthpillar.pending")
record PendingConfig(@Bindable(defaultValue = "1s") Duration interval) {
  PendingConfig {
    new Check("fourthpillar.pending")
        .between("interval", interval, Duration.ofMillis(50), Duration.ofHours(1));
  }
}
