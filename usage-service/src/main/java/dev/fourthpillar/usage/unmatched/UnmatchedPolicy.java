package dev.fourthpillar.usage.unmatched;

/**
 * What happens to usage that finds no hold. The names are those of the contract's {@code
 * UnmatchedPolicy} without prefix.
 */
public enum UnmatchedPolicy {
  CHARGE_NOW,
  WAIT_THEN_CHARGE,
  WAIT_THEN_REVIEW
}
