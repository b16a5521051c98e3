package dev.fourthpillar.proof;

/** What is wrong with a proof. */
public enum Flaw {
  /** It cannot be read, or is not written as a proof is. */
  FORM,
  /** It says things that contradict each other. */
  CONTRADICTION,
  /** The entries' numbers have a gap. */
  GAP,
  /** An entry's hash does not follow from it and the one before. */
  CHAIN,
  /** The account's last entry is not in the tree whose root was signed. */
  PATH,
  /** It was signed with another key than the one that is trusted. */
  KEY,
  /** What was signed is something else. */
  SIGNATURE
}
