package dev.fourthpillar.budget.ledger;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How often accounts are held against their journals.
 *
 * @param interval between two accounts, on each replica
 */
@ConfigurationProperties("fourthpillar.reconciliation")
record ReconcileConfig(@Bindable(defaultValue = "30s") Duration interval) {
  ReconcileConfig {
    new Check("fourthpillar.reconciliation")
        .between("interval", interval, Duration.ofMillis(50), Duration.ofDays(1));
  }
}
