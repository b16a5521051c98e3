package dev.fourthpillar.budget.settled;

/** What a line waits for. */
public enum PendingCause {
  /** The engineer. */
  ENGINEER_UNKNOWN,
  /** A rate of its day. */
  FX_RATE_MISSING,
  /** The hold that it names. */
  HOLD_UNKNOWN
}
