package dev.fourthpillar.pricing.quantity;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How much of each meter was consumed: immutable, counts of 0 … 2^63 − 1, checked arithmetic. A
 * count of zero is the same as no entry; whether a source said 0 or nothing is a matter of its
 * evidence, not of what is charged.
 */
public record Quantities(SortedMap<Meter, Long> counts) {

  private static final Quantities NONE = new Quantities(new TreeMap<>());

  /**
   * @throws QuantityOutOfRangeException if a count is negative
   */
  public Quantities {
    TreeMap<Meter, Long> copy = new TreeMap<>();
    counts.forEach(
        (meter, count) -> {
          if (count < 0) {
            throw new QuantityOutOfRangeException(meter + ": " + count + " (expected: >= 0)");
          }
          if (count > 0) {
            copy.put(meter, count);
          }
        });
    counts = Collections.unmodifiableSortedMap(copy);
  }

  public static Quantities none() {
    return NONE;
  }

  public static Quantities of(Map<Meter, Long> counts) {
    return new Quantities(new TreeMap<>(counts));
  }

  public static Quantities of(Meter meter, long count) {
    return none().with(meter, count);
  }

  /** These quantities with the count of one meter set (not added). */
  public Quantities with(Meter meter, long count) {
    Map<Meter, Long> changed = new HashMap<>(counts);
    changed.put(meter, count);
    return of(changed);
  }

  /** The count of a meter, 0 where there is no entry. */
  public long count(Meter meter) {
    return counts.getOrDefault(meter, 0L);
  }

  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /**
   * @throws QuantityOutOfRangeException if a sum exceeds 2^63 − 1
   */
  public Quantities plus(Quantities other) {
    Map<Meter, Long> sum = new HashMap<>(counts);
    other.counts.forEach((meter, count) -> sum.merge(meter, count, (a, b) -> add(meter, a, b)));
    return of(sum);
  }

  /**
   * These quantities after a change.
   *
   * @throws QuantityOutOfRangeException if a count would leave 0 … 2^63 − 1
   */
  public Quantities plus(QuantityDelta delta) {
    Map<Meter, Long> sum = new HashMap<>(counts);
    delta.changes().forEach((meter, by) -> sum.merge(meter, by, (a, b) -> add(meter, a, b)));
    return of(sum);
  }

  /** What must be added to {@code other} to arrive here; the result may be negative per meter. */
  public QuantityDelta minus(Quantities other) {
    SortedSet<Meter> meters = new TreeSet<>(counts.keySet());
    meters.addAll(other.counts.keySet());
    TreeMap<Meter, Long> changes = new TreeMap<>();
    // Both counts are >= 0, so the difference always fits.
    meters.forEach(meter -> changes.put(meter, count(meter) - other.count(meter)));
    return new QuantityDelta(changes);
  }

  /**
   * All tokens: INPUT + CACHE_READ + CACHE_WRITE + OUTPUT of every modality; REASONING is inside
   * OUTPUT and other units are not tokens.
   *
   * @throws QuantityOutOfRangeException if the sum exceeds 2^63 − 1
   */
  public long totalTokens() {
    return sumTokens(false);
  }

  /**
   * The prompt size that selects a size tier: uncached + cache read + cache write.
   *
   * @throws QuantityOutOfRangeException if the sum exceeds 2^63 − 1
   */
  public long promptTokens() {
    return sumTokens(true);
  }

  private long sumTokens(boolean promptOnly) {
    long sum = 0;
    for (Map.Entry<Meter, Long> entry : counts.entrySet()) {
      boolean counted =
          switch (entry.getKey()) {
            case TokenMeter tokens ->
                promptOnly ? tokens.kind().isPrompt() : tokens.kind().isAdded();
            case UnitMeter _, UnknownMeter _ -> false;
          };
      if (counted) {
        sum = add(entry.getKey(), sum, entry.getValue());
      }
    }
    return sum;
  }

  static long add(Meter meter, long a, long b) {
    try {
      return Math.addExact(a, b);
    } catch (ArithmeticException e) {
      throw new QuantityOutOfRangeException(meter + ": " + a + " + " + b + " exceeds 2^63 - 1");
    }
  }
}
