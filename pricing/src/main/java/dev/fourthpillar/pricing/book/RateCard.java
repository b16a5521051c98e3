package dev.fourthpillar.pricing.book;

import dev.fourthpillar.pricing.quantity.Meter;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Prices per million units by meter, in the book's currency: 0 … 10^12, at most 12 decimals. A
 * price of 0 means free; a meter without a price is not free but unknown.
 */
public record RateCard(SortedMap<Meter, BigDecimal> pricePerMillion) {

  public RateCard {
    TreeMap<Meter, BigDecimal> copy = new TreeMap<>();
    pricePerMillion.forEach(
        (meter, price) -> copy.put(meter, Prices.checkPerMillion(meter.code(), price)));
    pricePerMillion = Collections.unmodifiableSortedMap(copy);
  }

  public static RateCard of(Map<Meter, BigDecimal> pricePerMillion) {
    return new RateCard(new TreeMap<>(pricePerMillion));
  }

  public Optional<BigDecimal> price(Meter meter) {
    return Optional.ofNullable(pricePerMillion.get(meter));
  }

  boolean isEmpty() {
    return pricePerMillion.isEmpty();
  }
}
