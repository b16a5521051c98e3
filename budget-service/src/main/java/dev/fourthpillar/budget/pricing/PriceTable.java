package dev.fourthpillar.budget.pricing;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The prices of all times. Immutable. */
public final class PriceTable {
  /** Before any book was told of: nothing has a price. */
  public static final PriceTable EMPTY = new PriceTable(Collections.emptyList());

  private final NavigableMap<Instant, Prices> byEffectiveTime = new TreeMap<>();

  /**
   * @param inOrder of two with the same effective time the later one counts
   */
  PriceTable(Collection<Prices> inOrder) {
    inOrder.forEach(prices -> byEffectiveTime.put(prices.effectiveTime(), prices));
  }

  /** The prices for a call at that time; empty before the first book. */
  public Optional<Prices> at(Instant eventTime) {
    return Optional.ofNullable(byEffectiveTime.floorEntry(eventTime)).map(Map.Entry::getValue);
  }

  /** The first prices that hold at some time between the two, {@code until} not included. */
  public Optional<Prices> firstIn(Instant from, Instant until) {
    return at(from)
        .or(
            () ->
                Optional.ofNullable(byEffectiveTime.ceilingEntry(from))
                    .map(Map.Entry::getValue)
                    .filter(prices -> prices.effectiveTime().isBefore(until)));
  }
}
