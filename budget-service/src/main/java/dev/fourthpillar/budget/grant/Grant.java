package dev.fourthpillar.budget.grant;

import dev.fourthpillar.budget.account.AccountCommand.By;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.period.Reduction;
import java.util.List;

/**
 * A lot, and what is known of it beside the account.
 *
 * @param issued who granted it, and why; nobody for lots of plans
 * @param toCome reductions, by time
 */
record Grant(AccountId account, Lot lot, By issued, List<Reduction> toCome) {
  Grant {
    toCome = List.copyOf(toCome);
  }
}
