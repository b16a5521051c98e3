package dev.fourthpillar.budget.checkpoint;

import dev.fourthpillar.proof.Hash;
import dev.fourthpillar.proof.Statement;

/**
 * The last entry of an account at the end of a day.
 *
 * @param entry its number
 * @param hash its chain hash
 */
record Head(String account, long entry, Hash hash) {
  Hash leaf() {
    return Statement.leaf(account, entry, hash);
  }
}
