package dev.fourthpillar.budget.account;

import dev.fourthpillar.budget.plan.Overage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the plan in force says of calls and of what is told.
 *
 * @param thresholdsPercent rising; empty: those of the configuration
 * @param portable what of the unspent survives an exit now, in millionths of a percent, 0 to
 *     {@value #WHOLE}; empty where nobody said it
 */
public record AccountTerms(
    Optional<List<Integer>> thresholdsPercent, Overage overage, OptionalInt portable) {
  /** All of it. */
  public static final int WHOLE = 100_000_000;

  public AccountTerms {
    thresholdsPercent = thresholdsPercent.map(List::copyOf);
  }
}
