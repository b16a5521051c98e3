package dev.fourthpillar.budget.pricing;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How this service follows the price books ({@code fourthpillar.prices.*}).
 *
 * @param refreshInterval between two looks for books that another replica was told of
 */
@ConfigurationProperties("fourthpillar.prices")
record PriceConfig(@Bindable(defaultValue = "1s") Duration refreshInterval) {
  PriceConfig {
    new Check("fourthpillar.prices")
        .between(
            "refresh-interval", refreshInterval, Duration.ofMillis(50), Duration.ofMinutes(10));
  }
}
