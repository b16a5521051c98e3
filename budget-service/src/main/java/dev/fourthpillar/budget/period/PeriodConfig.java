package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * When periods are opened ({@code fourthpillar.period.*}).
 *
 * @param interval between two looks for periods that are due
 * @param openAhead how long before its start a period's lot is opened; it pays from its start on
 * @param batch people whose periods one transaction opens
 */
@ConfigurationProperties("fourthpillar.period")
record PeriodConfig(
    @Bindable(defaultValue = "1s") Duration interval,
    @Bindable(defaultValue = "1h") Duration openAhead,
    @Bindable(defaultValue = "100") int batch) {
  /** As many accounts as one transaction may lock. */
  private static final int MAX_BATCH = 200;

  PeriodConfig {
    Check check = new Check("fourthpillar.period");
    check.between("interval", interval, Duration.ofMillis(50), Duration.ofHours(1));
    check.between("open-ahead", openAhead, Duration.ZERO, Duration.ofDays(7));
    check.between("batch", batch, 1, MAX_BATCH);
  }
}
