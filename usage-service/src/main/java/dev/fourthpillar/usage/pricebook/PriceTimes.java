package dev.fourthpillar.usage.pricebook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The prices of all times. Immutable. */
public final class PriceTimes {
  private final List<BookPrices> byActivation;
  private final NavigableMap<Instant, BookPrices> byEffectiveTime = new TreeMap<>();
  private final Map<String, BookPrices> byId = new HashMap<>();

  /**
   * @param byActivation of two with the same effective time the later one counts
   */
  public PriceTimes(Collection<BookPrices> byActivation) {
    this.byActivation = List.copyOf(byActivation);
    byActivation.forEach(
        book -> {
          byEffectiveTime.put(book.effectiveTime(), book);
          byId.put(book.bookId(), book);
        });
  }

  /** A book that is or was the one that holds. */
  public Optional<BookPrices> book(String bookId) {
    return Optional.ofNullable(byId.get(bookId));
  }

  /** The same, had this book never been activated. */
  public PriceTimes without(String bookId) {
    return new PriceTimes(
        byActivation.stream().filter(book -> !book.bookId().equals(bookId)).toList());
  }

  /** The same, had this book been activated now. */
  public PriceTimes with(BookPrices book) {
    List<BookPrices> more = new ArrayList<>(byActivation);
    more.add(book);
    return new PriceTimes(more);
  }

  /** The prices for a call at that time; empty before the first book. */
  public Optional<BookPrices> at(Instant eventTime) {
    return Optional.ofNullable(byEffectiveTime.floorEntry(eventTime)).map(Map.Entry::getValue);
  }
}
