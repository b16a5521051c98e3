package dev.fourthpillar.budget.charge;

/** Why something is charged. */
public enum ChargeCause {
  /** A hold was settled, by its caller or with its estimate. */
  HOLD,
  /** Metered usage that no hold paid for. */
  USAGE,
  /** The difference between what a hold booked and what its call turned out to cost. */
  TRUE_UP,
  /** Better evidence, identity or match changed what was charged before. */
  CORRECTION,
  /** A corrected price book. */
  REPRICED;

  /** Whether it changes what was charged before. */
  public boolean corrects() {
    return this == TRUE_UP || this == CORRECTION || this == REPRICED;
  }
}
