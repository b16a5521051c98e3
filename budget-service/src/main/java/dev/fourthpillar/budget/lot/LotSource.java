package dev.fourthpillar.budget.lot;

/** Where a lot comes from. */
public enum LotSource {
  /** The lot of a plan's period. */
  PLAN_PERIOD(1),
  /** Granted once. */
  ONE_OFF(2),
  /** What was unused of a lot before it; no new compensation. */
  ROLLOVER(3),
  /** Granted by somebody, beside what plans give. */
  MANUAL(4),
  /** What survives an exit; pays for nothing. */
  PORTABLE(5);

  private final int code;

  LotSource(int code) {
    this.code = code;
  }

  /** Its number in stored accounts; never given to another. */
  public int code() {
    return code;
  }

  /** Whether it is what was left of a lot before it, so that no new compensation is in it. */
  public boolean isContinuation() {
    return this == ROLLOVER || this == PORTABLE;
  }

  /** The source of that number. */
  public static LotSource of(int code) {
    for (LotSource source : values()) {
      if (source.code == code) {
        return source;
      }
    }
    throw new IllegalArgumentException("source of a lot: " + code + " (expected: a known one)");
  }
}
