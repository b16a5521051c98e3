package dev.fourthpillar.budget.account;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;

/**
 * What is told of budgets ({@code fourthpillar.budget.*}).
 *
 * @param thresholds percents of a period's budget at which subscribers are told, rising
 */
@ConfigurationProperties("fourthpillar.budget")
public record AccountConfig(@Bindable(defaultValue = "50,80,90,100") List<Integer> thresholds) {
  private static final int MAX_THRESHOLDS = 10;

  public AccountConfig {
    new Check("fourthpillar.budget")
        .that(
            "thresholds",
            thresholds.size() <= MAX_THRESHOLDS
                && thresholds.stream().allMatch(percent -> percent >= 1 && percent <= 100)
                && thresholds.stream().distinct().sorted().toList().equals(thresholds),
            thresholds,
            "at most %d whole percents from 1 to 100, rising".formatted(MAX_THRESHOLDS));
    thresholds = List.copyOf(thresholds);
  }
}
