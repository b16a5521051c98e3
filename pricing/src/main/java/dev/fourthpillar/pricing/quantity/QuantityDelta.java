package dev.fourthpillar.pricing.quantity;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A signed change of quantities, for settlements and corrections. Zero changes are not kept. */
public record QuantityDelta(SortedMap<Meter, Long> changes) {

  public QuantityDelta {
    TreeMap<Meter, Long> copy = new TreeMap<>(changes);
    copy.values().removeIf(change -> change == 0);
    changes = Collections.unmodifiableSortedMap(copy);
  }

  /**
   * @throws QuantityOutOfRangeException if a change leaves the range of a long
   */
  public QuantityDelta plus(QuantityDelta other) {
    TreeMap<Meter, Long> sum = new TreeMap<>(changes);
    other.changes.forEach(
        (meter, by) -> sum.merge(meter, by, (a, b) -> Quantities.add(meter, a, b)));
    return new QuantityDelta(sum);
  }

  /**
   * @throws QuantityOutOfRangeException for −2^63, which has no opposite
   */
  public QuantityDelta negated() {
    TreeMap<Meter, Long> negated = new TreeMap<>();
    changes.forEach(
        (meter, by) -> {
          if (by == Long.MIN_VALUE) {
            throw new QuantityOutOfRangeException(meter + ": " + by + " has no opposite");
          }
          negated.put(meter, -by);
        });
    return new QuantityDelta(negated);
  }

  public boolean isZero() {
    return changes.isEmpty();
  }
}
