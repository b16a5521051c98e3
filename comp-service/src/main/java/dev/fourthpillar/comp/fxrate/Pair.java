package dev.fourthpillar.comp.fxrate;

import java.util.Comparator;
import java.util.Currency;

/** Two currencies in one direction. */
record Pair(Currency source, Currency target) implements Comparable<Pair> {
  private static final Comparator<Pair> ORDER = Comparator.comparing(Pair::key);

  /** Its key in events, for example {@code USD/SEK}. */
  String key() {
    return source.getCurrencyCode() + "/" + target.getCurrencyCode();
  }

  Pair opposite() {
    return new Pair(/* source= */ target, /* target= */ source);
  }

  @Override
  public int compareTo(Pair other) {
    return ORDER.compare(this, other);
  }
}
