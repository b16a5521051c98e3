package dev.fourthpillar.pricing.litellm;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The account of an import: nothing in the file is ignored silently.
 *
 * @param entries outcome of every top-level entry
 * @param fields every field of every model, nested ones as {@code outer.inner}
 * @param zeroPrices by field, how often a price of exactly 0 stands in a row that charges for other
 *     things: imported as free, but often means "not known" upstream
 * @param roundedPrices prices with more than 18 decimals per unit that changed by rounding
 */
public record ImportReport(
    SortedMap<String, EntryOutcome> entries,
    SortedMap<String, FieldReport> fields,
    SortedMap<String, Integer> zeroPrices,
    int roundedPrices) {

  public ImportReport {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    zeroPrices = Collections.unmodifiableSortedMap(new TreeMap<>(zeroPrices));
  }

  public long count(Class<? extends EntryOutcome> outcome) {
    return entries.values().stream().filter(outcome::isInstance).count();
  }

  /** Fields of one use with their counts. */
  public SortedMap<String, Integer> fields(FieldUse use) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    fields.forEach(
        (name, field) -> {
          if (field.use() == use) {
            counts.put(name, field.count());
          }
        });
    return counts;
  }
}
