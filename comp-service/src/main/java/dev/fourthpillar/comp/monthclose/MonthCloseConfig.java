package dev.fourthpillar.comp.monthclose;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * When months are decided.
 *
 * @param delay after the end of a month where the person is: until usage has arrived and was
 *     charged
 * @param interval between two looks for months that are to be decided
 */
@ConfigurationProperties(MonthCloseConfig.PREFIX)
public record MonthCloseConfig(
    @Bindable(defaultValue = "5d") Duration delay,
    @Bindable(defaultValue = "10m") Duration interval) {
  static final String PREFIX = "fourthpillar.month-close";

  public MonthCloseConfig {
    Check check = new Check(PREFIX);
    check.between("delay", delay, Duration.ZERO, Duration.ofDays(31));
    check.between("interval", interval, Duration.ofMillis(100), Duration.ofDays(1));
  }
}
