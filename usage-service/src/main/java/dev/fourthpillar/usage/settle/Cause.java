package dev.fourthpillar.usage.settle;

/** Why something is charged. The names are those of the contract's {@code SettlementCause}. */
public enum Cause {
  USAGE,
  REVISED,
  ATTRIBUTED,
  MATCHED_HOLD,
  REPRICED,
  VOIDED,
  SUPPRESSED,
  REVIEWED
}
