package dev.fourthpillar.budget.lot;

/**
 * A part of a lot, pinned by a hold.
 *
 * @param lot its id
 * @param nanos how much was held, more than 0
 * @param settled how much of it is paid, at most {@code nanos}
 */
public record Slice(String lot, long nanos, long settled) {
  public Slice {
    if (nanos <= 0 || settled < 0 || settled > nanos) {
      throw new IllegalArgumentException(
          "slice of %s: %d of %d nanos (expected: 0 to all of it)".formatted(lot, settled, nanos));
    }
  }

  public Slice withSettled(long settledNanos) {
    return new Slice(lot, nanos, settledNanos);
  }
}
