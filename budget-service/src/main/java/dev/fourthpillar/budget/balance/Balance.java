package dev.fourthpillar.budget.balance;

import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.journal.Totals;
import dev.fourthpillar.budget.lot.Lot;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An account at a time, with what was known at another.
 *
 * @param sums scheduled lots left out
 * @param held nanos in open holds; empty for the past
 * @param available nanos that a new hold could take; for the past, before holds
 * @param uncapped whether holds are let through whatever is available; not told of the past
 * @param lots the open ones; none for the past
 * @param entry number of the last entry that was known; 0 for none
 */
record Balance(
    AccountId account,
    Totals sums,
    Optional<BigInteger> held,
    BigInteger available,
    boolean uncapped,
    List<Lot> lots,
    long entry,
    Instant asOf,
    Instant knownAt) {
  Balance {
    lots = List.copyOf(lots);
  }

  /** The same, told of another time. */
  Balance at(Instant time) {
    return new Balance(account, sums, held, available, uncapped, lots, entry, time, time);
  }
}
