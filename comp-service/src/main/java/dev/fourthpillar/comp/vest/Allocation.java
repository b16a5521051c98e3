package dev.fourthpillar.comp.vest;

/**
 * How a total that does not divide evenly is dealt over installments: the seven allocation types of
 * the Open Cap Format. Integer arithmetic only.
 */
public enum Allocation {
  CUMULATIVE_ROUND_DOWN,
  CUMULATIVE_ROUNDING,
  /** The first installments get one more each, until the remainder is used up. */
  FRONT_LOADED,
  /** The last installments get one more each. */
  BACK_LOADED,
  /** The whole remainder in the first installment. */
  FRONT_LOADED_TO_SINGLE_TRANCHE,
  /** The whole remainder in the last installment. */
  BACK_LOADED_TO_SINGLE_TRANCHE,
  /** In millionths, rounded cumulatively; every other type deals whole units. */
  FRACTIONAL;

  /** What one integer step of this type is worth in millionths. */
  long stepMicros() {
    return this == FRACTIONAL ? 1 : Quantity.MICROS_PER_UNIT;
  }

  /**
   * Steps vested after {@code k} of {@code n} equal installments, without a cliff.
   *
   * @param steps 0 to 10^15, so that the product with 2n stays in a long
   * @param k 0 to n
   * @param n 1 to {@link VestSchedule#MAX_INSTALLMENTS}
   */
  long cumulative(long steps, int k, int n) {
    long even = steps / n * k;
    long remainder = steps % n;
    return switch (this) {
      case CUMULATIVE_ROUND_DOWN -> steps * k / n;
      case CUMULATIVE_ROUNDING, FRACTIONAL -> (2 * steps * k + n) / (2L * n);
      case FRONT_LOADED -> even + Math.min(k, remainder);
      case BACK_LOADED -> even + Math.max(0, k - (n - remainder));
      case FRONT_LOADED_TO_SINGLE_TRANCHE -> even + (k > 0 ? remainder : 0);
      case BACK_LOADED_TO_SINGLE_TRANCHE -> even + (k == n ? remainder : 0);
    };
  }
}
