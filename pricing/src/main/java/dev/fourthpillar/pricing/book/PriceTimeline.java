package dev.fourthpillar.pricing.book;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The activated versions of one book id. The version of a record is chosen by its event time. */
public record PriceTimeline(NavigableMap<Instant, PriceBook> byEffectiveFrom) {

  public PriceTimeline {
    byEffectiveFrom = Collections.unmodifiableNavigableMap(new TreeMap<>(byEffectiveFrom));
  }

  /**
   * Of versions that are effective from the same instant the highest counts: it corrects the
   * others.
   *
   * @throws IllegalArgumentException if the books differ in id or currency, or a version comes
   *     twice
   */
  public static PriceTimeline of(Collection<PriceBook> books) {
    TreeMap<Integer, PriceBook> byVersion = new TreeMap<>();
    for (PriceBook book : books) {
      BookHeader first = books.iterator().next().header();
      BookHeader header = book.header();
      if (!header.id().equals(first.id()) || !header.currency().equals(first.currency())) {
        throw new IllegalArgumentException(
            "book "
                + header.id()
                + " "
                + header.currency()
                + " (expected: "
                + first.id()
                + " "
                + first.currency()
                + ")");
      }
      if (byVersion.put(header.version(), book) != null) {
        throw new IllegalArgumentException("version " + header.version() + " comes twice");
      }
    }
    TreeMap<Instant, PriceBook> byInstant = new TreeMap<>();
    byVersion.values().forEach(book -> byInstant.put(book.header().effectiveFrom(), book));
    return new PriceTimeline(byInstant);
  }

  /** The book for usage at that time; empty before the first version (such usage is UNPRICED). */
  public Optional<PriceBook> at(Instant eventTime) {
    return Optional.ofNullable(byEffectiveFrom.floorEntry(eventTime)).map(Map.Entry::getValue);
  }
}
