package dev.fourthpillar.usage.pricebook;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The prices of all times. Immutable. */
public final class PriceTimes {
  private final NavigableMap<Instant, BookPrices> byEffectiveTime = new TreeMap<>();

  /**
   * @param byActivation of two with the same effective time the later one counts
   */
  public PriceTimes(Collection<BookPrices> byActivation) {
    byActivation.forEach(book -> byEffectiveTime.put(book.effectiveTime(), book));
  }

  /** The prices for a call at that time; empty before the first book. */
  public Optional<BookPrices> at(Instant eventTime) {
    return Optional.ofNullable(byEffectiveTime.floorEntry(eventTime)).map(Map.Entry::getValue);
  }
}
