package dev.fourthpillar.budget.balance;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How balances are watched ({@code fourthpillar.balance.*}).
 *
 * @param watchInterval between two looks for accounts that changed, one for all that are watched
 */
@ConfigurationProperties("fourthpillar.balance")
record BalanceConfig(@Bindable(defaultValue = "200ms") Duration watchInterval) {
  BalanceConfig {
    new Check("fourthpillar.balance")
        .between("watch-interval", watchInterval, Duration.ofMillis(10), Duration.ofMinutes(1));
  }
}
