package dev.fourthpillar.budget.ledger;

import dev.fourthpillar.budget.journal.Totals;
import dev.fourthpillar.proof.Hash;

/** What an account's row says of its journal: how many entries, the last one's hash, the sums. */
record StoredAccount(String account, String currency, long entries, Hash head, Totals totals) {}
