package dev.fourthpillar.budget.journal;

import java.math.BigInteger;

/**
 * An account's sums of all time, in nanos; the journal from its first entry on gives the same.
 *
 * @param granted that was ever granted, scheduled lots too
 * @param settled paid from lots
 * @param expired unused
 * @param reduced taken back
 * @param overage usage no lot paid for
 */
public record Totals(
    BigInteger granted,
    BigInteger settled,
    BigInteger expired,
    BigInteger reduced,
    BigInteger overage) {
  public static final Totals NONE =
      new Totals(
          BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

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
        overage.add(signed(Book.OVERAGE, debit, credit, amount)));
  }

  private static BigInteger signed(Book book, Book debit, Book credit, BigInteger amount) {
    if (debit == book) {
      return amount;
    }
    return credit == book ? amount.negate() : BigInteger.ZERO;
  }
}
