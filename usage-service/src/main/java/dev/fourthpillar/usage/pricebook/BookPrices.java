package dev.fourthpillar.usage.pricebook;

import dev.fourthpillar.pricing.book.PriceBook;
import dev.fourthpillar.pricing.cost.TwoSidedPricer;
import java.time.Instant;

/**
 * The prices that hold from a time on.
 *
 * @param bookId the book they are from
 * @param pricer prices usage at list price and at the employer's cost
 */
public record BookPrices(
    String bookId, Instant effectiveTime, PriceBook list, TwoSidedPricer pricer) {

  public String currency() {
    return list.header().currency().getCurrencyCode();
  }
}
