package dev.fourthpillar.budget.account;

import dev.fourthpillar.budget.plan.Overage;
import java.util.List;

/**
 * What the plan in force says of calls and of what is told.
 *
 * @param thresholdsPercent rising
 */
public record AccountTerms(List<Integer> thresholdsPercent, Overage overage) {
  public AccountTerms {
    thresholdsPercent = List.copyOf(thresholdsPercent);
  }
}
