package dev.fourthpillar.comp.metered;

/** Whose money paid for a call. */
public enum Payer {
  /** The person's own budget. */
  OWN(1),
  POOL(2),
  PROJECT(3),
  /** The employer, for the person's own calls beyond the budget. */
  OVERAGE(4),
  /** The employer, where nobody's budget may be charged. */
  EMPLOYER(5);

  private final int number;

  Payer(int number) {
    this.number = number;
  }

  /** As it is stored. */
  int number() {
    return number;
  }

  static Payer of(int number) {
    for (Payer payer : values()) {
      if (payer.number == number) {
        return payer;
      }
    }
    throw new IllegalArgumentException("payer: %d (expected: 1 to 5)".formatted(number));
  }

  /** Whether it is consumption of the person: own budget and overage. The others stand apart. */
  public boolean isOwnConsumption() {
    return this == OWN || this == OVERAGE;
  }
}
