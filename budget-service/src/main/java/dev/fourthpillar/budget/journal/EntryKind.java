package dev.fourthpillar.budget.journal;

/** What a movement is. */
public enum EntryKind {
  GRANT,
  SETTLE,
  EXPIRE,
  /**
   * What was unused goes on as another lot; in two movements, out of the one and into the other.
   */
  ROLLOVER,
  REDUCE,
  /** What was neither settled nor held was taken back, and the lot ended. */
  REVOKE,
  /** A correction, with its cause: late or better usage, a true-up, a grant that came late. */
  ADJUST,
  /** Usage that no lot pays for: the employer's. */
  OVERAGE
}
