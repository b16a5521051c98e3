package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.money.Amount;

/** What is to be held. */
sealed interface Wanted {
  /** So much. */
  record Money(Amount amount) implements Wanted {}

  /** What this call may cost. */
  record Estimated(Call call) implements Wanted {}
}
