package dev.fourthpillar.budget.journal;

import java.math.BigInteger;

/**
 * An account's sums of all time, in nanos; the journal from its first entry on gives the same.
 *
 * @param granted that was ever granted, scheduled lots too
 * @param settled paid from lots
 * @param expired unused
 * @param reduced taken back
 * @param overage usage nobody's budget paid for
 * @param uncapped usage that an entitlement without a limit paid, without lots
 */
public record Totals(
    BigInteger granted,
    BigInteger settled,
    BigInteger expired,
    BigInteger reduced,
    BigInteger overage,
    BigInteger uncapped) {
  public static final Totals NONE =
      new Totals(
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO);

  /** What is free or held. */
  public BigInteger balance() {
    return granted.subtract(settled).subtract(expired).subtract(reduced);
  }

  /** The sums after a movement. */
  public Totals after(Book debit, Book credit, BigInteger amount) {
    return new Totals(
        // GRANTED gives what is granted: its sum is what was taken from it.
        granted.subtract(signed(Book.GRANTED, debit, credit, amount)),
        settled.add(signed(Book.CONSUMED, debit, credit, amount)),
        expired.add(signed(Book.EXPIRED, debit, credit, amount)),
        reduced.add(signed(Book.REDUCED, debit, credit, amount)),
        overage.add(signed(Book.OVERAGE, debit, credit, amount)),
        uncapped.add(signed(Book.UNCAPPED, debit, credit, amount)));
  }

  /** Both together. */
  public Totals plus(Totals other) {
    return new Totals(
        granted.add(other.granted),
        settled.add(other.settled),
        expired.add(other.expired),
        reduced.add(other.reduced),
        overage.add(other.overage),
        uncapped.add(other.uncapped));
  }

  /** These without the others. */
  public Totals minus(Totals other) {
    return new Totals(
        granted.subtract(other.granted),
        settled.subtract(other.settled),
        expired.subtract(other.expired),
        reduced.subtract(other.reduced),
        overage.subtract(other.overage),
        uncapped.subtract(other.uncapped));
  }

  /** The same with so much more expired. */
  public Totals withExpired(BigInteger more) {
    return new Totals(granted, settled, expired.add(more), reduced, overage, uncapped);
  }

  /** The same without what was granted for later. */
  public Totals withoutScheduled(BigInteger later) {
    return new Totals(granted.subtract(later), settled, expired, reduced, overage, uncapped);
  }

  private static BigInteger signed(Book book, Book debit, Book credit, BigInteger amount) {
    if (debit == book) {
      return amount;
    }
    return credit == book ? amount.negate() : BigInteger.ZERO;
  }
}
