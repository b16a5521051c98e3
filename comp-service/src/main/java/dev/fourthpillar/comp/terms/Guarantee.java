package dev.fourthpillar.comp.terms;

/** How much of a promise a component is. */
public enum Guarantee {
  /** Owed under the contract. */
  CONTRACTUAL,
  /** Owed when a target is met. */
  TARGET,
  /** At the employer's discretion. */
  DISCRETIONARY,
  /** Nobody promised it; somebody expects it. */
  ASSUMED;

  /** Whether somebody promised it at all. */
  public boolean isPromised() {
    return this == CONTRACTUAL || this == TARGET;
  }
}
