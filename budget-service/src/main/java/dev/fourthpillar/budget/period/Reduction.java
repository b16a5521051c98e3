package dev.fourthpillar.budget.period;

import dev.fourthpillar.budget.account.AccountCommand.By;
import dev.fourthpillar.budget.account.AccountId;
import java.time.Instant;

/**
 * Something that is taken back of a lot.
 *
 * @param id unique for the engineer
 * @param nanos how much, as far as it is neither settled nor held then
 */
public record Reduction(
    String id, AccountId account, String lot, long nanos, Instant effective, By by) {
  /** Ids of those that follow from an entitlement begin so. */
  static final String ENTITLED = "entitled/";

  /** The same of less, as that one wants it. */
  Reduction shortened(long less, By who) {
    return new Reduction(id, account, lot, less, effective, who);
  }

  /** Whether it follows from an entitlement, which says the lower amount itself. */
  boolean isEntitled() {
    return id.startsWith(ENTITLED);
  }
}
