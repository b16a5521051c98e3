package dev.fourthpillar.usage.pricebook;

import dev.fourthpillar.backbone.money.Amount;
import java.time.LocalDate;

/**
 * What the employer has committed to spend with a provider.
 *
 * @param startDay the first UTC day
 * @param endDay the last UTC day
 * @param source where it is agreed
 */
record Commitment(
    String id,
    String provider,
    Amount amount,
    LocalDate startDay,
    LocalDate endDay,
    String source,
    String author) {

  /**
   * How far it is spent.
   *
   * @param spentNanos of the employer's cost
   * @param unpriced calls that have no price yet
   */
  record Use(Commitment commitment, long spentNanos, long unpriced) {
    long unspentNanos() {
      return Math.max(0, commitment.amount().nanos() - spentNanos);
    }
  }
}
