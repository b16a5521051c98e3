package dev.fourthpillar.pricing.cost;

import dev.fourthpillar.pricing.naming.Resolution;
import dev.fourthpillar.pricing.quantity.Meter;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a record costs on one price side. FREE is a price; UNPRICED is the lack of one. */
public sealed interface PriceResult {

  Currency currency();

  Resolution resolution();

  /** The priced lines in the order of their meters' codes; of an UNPRICED record, those known. */
  List<CostLine> lines();

  Set<PriceFlag> flags();

  /** Every meter has a price. The total is the sum of the lines, and 0 if nothing was used. */
  record Priced(
      Currency currency,
      Resolution.Resolved resolution,
      List<CostLine> lines,
      long totalNanos,
      Set<PriceFlag> flags)
      implements PriceResult {

    public Priced {
      lines = List.copyOf(lines);
      flags = copy(flags);
      if (totalNanos != sum(lines)) {
        throw new IllegalArgumentException("totalNanos: " + totalNanos + " is not the lines' sum");
      }
    }
  }

  /** Every meter used has a stated price of 0. */
  record Free(
      Currency currency, Resolution.Resolved resolution, List<CostLine> lines, Set<PriceFlag> flags)
      implements PriceResult {

    public Free {
      lines = List.copyOf(lines);
      flags = copy(flags);
      if (lines.isEmpty() || lines.stream().anyMatch(l -> l.pricePerMillion().signum() != 0)) {
        throw new IllegalArgumentException("lines: not all at a price of 0, or none");
      }
    }
  }

  /**
   * There is no total, and none may be made up: the record is kept, counted and priced later.
   *
   * @param missing meters without a price; all that were used unless the reason is MISSING_PRICE
   */
  record Unpriced(
      Currency currency,
      Resolution resolution,
      UnpricedReason reason,
      SortedSet<Meter> missing,
      List<CostLine> lines,
      Set<PriceFlag> flags)
      implements PriceResult {

    public Unpriced {
      missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
      lines = List.copyOf(lines);
      flags = copy(flags);
    }
  }

  private static Set<PriceFlag> copy(Set<PriceFlag> flags) {
    EnumSet<PriceFlag> copy = EnumSet.noneOf(PriceFlag.class);
    copy.addAll(flags);
    return Collections.unmodifiableSet(copy);
  }

  private static long sum(List<CostLine> lines) {
    long sum = 0;
    for (CostLine line : lines) {
      sum = Nanos.add(sum, line.amountNanos());
    }
    return sum;
  }
}
