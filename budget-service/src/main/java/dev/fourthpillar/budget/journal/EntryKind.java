package dev.fourthpillar.budget.journal;

/** What a movement is. */
public enum EntryKind {
  GRANT,
  SETTLE,
  EXPIRE,
  REDUCE,
  /** A correction, with its cause: late or better usage, a true-up, a grant that came late. */
  ADJUST,
  /** Usage that no lot pays for: the employer's. */
  OVERAGE
}
