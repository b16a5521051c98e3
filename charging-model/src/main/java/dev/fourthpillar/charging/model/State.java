package dev.fourthpillar.charging.model;

/** Where a unit stands. */
public enum State {
  UNATTRIBUTED,
  UNPRICED,
  WAITING,
  SETTLED,
  SUPPRESSED,
  VOID;

  /** Whether its tokens count in sums. */
  public boolean counts() {
    return this != SUPPRESSED && this != VOID;
  }
}
