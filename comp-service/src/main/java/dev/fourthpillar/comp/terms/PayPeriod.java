package dev.fourthpillar.comp.terms;

/** What a stated amount is for. */
public enum PayPeriod {
  YEAR(1),
  QUARTER(4),
  MONTH(12),
  TWO_WEEKS(26),
  WEEK(52);

  private final int perYear;

  PayPeriod(int perYear) {
    this.perYear = perYear;
  }

  public int perYear() {
    return perYear;
  }
}
