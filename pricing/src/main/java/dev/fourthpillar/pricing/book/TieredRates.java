package dev.fourthpillar.pricing.book;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Rate cards by the prompt size, in tokens, from which they hold; 0 is the card of every prompt.
 *
 * @param byThreshold at most {@link #MAX_TIERS} thresholds, each >= 0
 */
public record TieredRates(NavigableMap<Long, RateCard> byThreshold) {

  public static final int MAX_TIERS = 16;

  public TieredRates {
    TreeMap<Long, RateCard> copy = new TreeMap<>(byThreshold);
    copy.values().removeIf(RateCard::isEmpty);
    if (copy.size() > MAX_TIERS) {
      throw new IllegalArgumentException(
          "size tiers: " + copy.size() + " (expected: <= " + MAX_TIERS + ")");
    }
    if (!copy.isEmpty() && copy.firstKey() < 0) {
      throw new IllegalArgumentException("threshold: " + copy.firstKey() + " (expected: >= 0)");
    }
    byThreshold = Collections.unmodifiableNavigableMap(copy);
  }

  boolean isEmpty() {
    return byThreshold.isEmpty();
  }
}
