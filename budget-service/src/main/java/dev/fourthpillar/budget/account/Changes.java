package dev.fourthpillar.budget.account;

import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.budget.cap.CapMove;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.journal.Entry;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * What one transaction makes of accounts.
 *
 * @param accounts as they are now
 * @param closed those of them of which segments were closed
 */
record Changes(
    List<AccountState> accounts,
    List<AccountState> closed,
    List<Entry> entries,
    List<Hold> holds,
    Map<AccountMinute, BigInteger> usage,
    List<NewEvent> events,
    List<CapMove> caps) {

  /** Whose usage, and when. */
  record AccountMinute(AccountId account, long minute) {}

  boolean isEmpty() {
    return accounts.isEmpty() && holds.isEmpty() && events.isEmpty() && caps.isEmpty();
  }
}
