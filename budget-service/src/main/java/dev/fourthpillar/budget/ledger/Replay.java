package dev.fourthpillar.budget.ledger;

import dev.fourthpillar.budget.journal.Entry;
import dev.fourthpillar.budget.journal.Totals;
import dev.fourthpillar.proof.Hash;

/**
 * A journal from its first entry on: what it adds up to, and the first entry at which something is
 * wrong. Pure; entries are handed in, in order.
 */
final class Replay {
  private long number;
  private Hash head = Hash.ZERO;
  private Totals totals = Totals.NONE;
  private long firstWrong;
  private String problem = "";

  /** One more entry. */
  void add(Entry entry) {
    if (entry.number() != number + 1) {
      wrong(entry, "number %d comes after %d".formatted(entry.number(), number));
    }
    totals = totals.after(entry.debit(), entry.credit(), entry.amount());
    if (!totals.equals(entry.totals())) {
      wrong(entry, "the sums it carries are not those of the entries up to it");
    }
    if (!entry.hashAfter(head).equals(entry.hash())) {
      wrong(entry, "its hash does not follow from it and the one before");
    }
    number = entry.number();
    head = entry.hash();
  }

  /** Held against what the account says. */
  Reconciled against(StoredAccount stored) {
    if (problem.isEmpty()) {
      if (stored.entries() != number) {
        problem = "the account has %d entries, its journal %d".formatted(stored.entries(), number);
      } else if (!stored.totals().equals(totals)) {
        problem = "the account's sums are not those of its journal";
      } else if (!stored.head().equals(head)) {
        problem = "the account's hash is not that of its last entry";
      }
    }
    return new Reconciled(stored, totals, number, firstWrong, problem);
  }

  private void wrong(Entry entry, String what) {
    if (problem.isEmpty()) {
      firstWrong = entry.number();
      problem = what;
    }
  }

  /**
   * An account beside its journal.
   *
   * @param entries how many were replayed
   * @param firstWrong 0 for none
   * @param problem empty for none
   */
  record Reconciled(
      StoredAccount stored, Totals replayed, long entries, long firstWrong, String problem) {}
}
