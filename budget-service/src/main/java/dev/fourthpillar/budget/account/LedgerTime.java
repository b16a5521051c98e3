package dev.fourthpillar.budget.account;

import java.time.Instant;

/** What time it is for the ledger. The database's clock is the one that all replicas share. */
@FunctionalInterface
public interface LedgerTime {
  /** The ledger's time when the database's is this. */
  Instant at(Instant database);
}
