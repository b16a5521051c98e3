package dev.fourthpillar.budget.cap;

import java.util.Comparator;

/**
 * A window of a cap: the row that counts.
 *
 * @param cap its id
 * @param start the window's first minute; {@link #EVER} where there is one window alone
 */
public record CapKey(String cap, long start) implements Comparable<CapKey> {
  /** Before all days. */
  public static final long EVER = 0;

  private static final Comparator<CapKey> ORDER =
      Comparator.comparing(CapKey::cap).thenComparingLong(CapKey::start);

  /** The name under which callers know the cap. */
  public static String scope(String cap) {
    return "caps/" + cap;
  }

  @Override
  public int compareTo(CapKey other) {
    return ORDER.compare(this, other);
  }
}
