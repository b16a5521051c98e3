package dev.fourthpillar.usage.unmatched;

/**
 * What a person decided on usage that found no hold. The names are those of the contract's {@code
 * UnmatchedDecision} without prefix.
 */
public enum Review {
  CHARGE,
  /** It is another report of a call that is charged elsewhere. */
  DISMISS
}
