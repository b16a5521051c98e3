package dev.fourthpillar.budget.hold;

import dev.fourthpillar.budget.cap.CapDemand;
import dev.fourthpillar.budget.cap.CapKey;
import dev.fourthpillar.budget.cap.CapRate;
import dev.fourthpillar.budget.charge.Cost;
import java.math.BigInteger;

/**
 * That a hold counts in a window of a cap.
 *
 * @param rate of its reserve
 * @param nanos that it had of it while it was open, in the cap's currency
 */
public record CapPart(CapKey key, CapRate rate, long nanos) {

  /** What a cost has of a cap. */
  public static CapPart of(CapDemand demand, Cost cost) {
    return new CapPart(
        demand.key(), demand.rate(), demand.rate().of(cost.list().nanos()).longValueExact());
  }

  /**
   * So much counts a cost of the hold's.
   *
   * @param estimate what {@code nanos} were reserved for
   */
  public BigInteger of(Cost cost, Cost estimate) {
    if (cost.list().currency().equals(rate.currency())) {
      return rate.of(cost.list().nanos());
    }
    // Priced by a book of another currency since, or an amount that has no rate to the book's: as
    // the
    // account sees both. Of an estimate of nothing there is nothing to compare with.
    BigInteger account = BigInteger.valueOf(cost.accountNanos());
    return estimate.accountNanos() == 0
        ? account
        : account
            .multiply(BigInteger.valueOf(nanos))
            .divide(BigInteger.valueOf(estimate.accountNanos()));
  }
}
