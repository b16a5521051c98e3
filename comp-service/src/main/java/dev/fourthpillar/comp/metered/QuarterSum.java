package dev.fourthpillar.comp.metered;

import dev.fourthpillar.backbone.money.Amount;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What a batch of charges adds to one row.
 *
 * @param key which row
 */
record QuarterSum(
    Key key, Amount accountList, Amount accountEmployer, Amount list, Amount employer) {

  /** The offset of every time zone is a multiple of this. */
  static final long QUARTER_SECONDS = 15 * 60L;

  /** The row of a charge. */
  record Key(
      String engineer, Instant quarter, Payer payer, String accountCurrency, String priceCurrency) {

    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::engineer)
            .thenComparing(Key::quarter)
            .thenComparing(Key::payer)
            .thenComparing(Key::accountCurrency)
            .thenComparing(Key::priceCurrency);

    static Key of(Charge charge) {
      return new Key(
          charge.engineer(),
          quarterOf(charge.usageMinute()),
          charge.payer(),
          charge.accountList().currency(),
          charge.list().currency());
    }
  }

  /** The beginning of the quarter of an hour, UTC. */
  static Instant quarterOf(Instant time) {
    long second = time.getEpochSecond();
    return Instant.ofEpochSecond(second - Math.floorMod(second, QUARTER_SECONDS));
  }

  /**
   * One sum for each row, in the order in which rows are locked. Sums do not depend on an order.
   */
  static List<QuarterSum> of(Collection<Charge> charges) {
    var sums = new TreeMap<Key, QuarterSum>(Key.ORDER);
    for (Charge charge : charges) {
      sums.merge(Key.of(charge), of(charge), QuarterSum::plus);
    }
    return List.copyOf(sums.values());
  }

  private static QuarterSum of(Charge charge) {
    return new QuarterSum(
        Key.of(charge),
        charge.accountList(),
        charge.accountEmployer(),
        charge.list(),
        charge.employer());
  }

  private QuarterSum plus(QuarterSum other) {
    return new QuarterSum(
        key,
        accountList.plus(other.accountList),
        accountEmployer.plus(other.accountEmployer),
        list.plus(other.list),
        employer.plus(other.employer));
  }
}
