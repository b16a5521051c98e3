package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.config.Check;
import dev.fourthpillar.backbone.health.DatabaseLoss;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * What is let through while the database is away ({@code fourthpillar.enforcement.fail-open.*}).
 *
 * @param enabled whether anything is
 * @param cap units of the price book's currency that one replica lets through, at list price, until
 *     they are booked
 * @param maxHolds holds that one replica lets through until they are booked
 */
@ConfigurationProperties(FailOpenConfig.PREFIX)
record FailOpenConfig(
    @Bindable(defaultValue = "false") boolean enabled,
    @Bindable(defaultValue = "100") long cap,
    @Bindable(defaultValue = "10000") int maxHolds)
    implements DatabaseLoss {
  static final String PREFIX = "fourthpillar.enforcement.fail-open";

  FailOpenConfig {
    Check check = new Check(PREFIX);
    check.between("cap", cap, 1L, 1_000_000_000L);
    check.between("max-holds", maxHolds, 1, 100_000);
  }

  @Override
  public boolean isBorne() {
    return enabled;
  }
}
