package dev.fourthpillar.usage.settle;

/** Where a unit stands. The names are those of the contract's {@code UsageState} without prefix. */
public enum UnitState {
  /** Nobody known made it. */
  UNATTRIBUTED,
  /** No price is known. */
  UNPRICED,
  /** Better evidence, or a hold, may still come. */
  WAITING,
  /** Charged. */
  SETTLED,
  /** A better signal covers it. */
  SUPPRESSED,
  /** It proved to be another report of an older unit. */
  VOID;

  /** Whether its quantities count. */
  public boolean counts() {
    return switch (this) {
      case UNATTRIBUTED, UNPRICED, WAITING, SETTLED -> true;
      case SUPPRESSED, VOID -> false;
    };
  }
}
