package dev.fourthpillar.cli;

/** What people type for a policy of unmatched usage; the names are the contract's. */
enum PolicyName {
  DEFAULT,
  CHARGE_NOW,
  WAIT_THEN_CHARGE,
  WAIT_THEN_REVIEW
}
