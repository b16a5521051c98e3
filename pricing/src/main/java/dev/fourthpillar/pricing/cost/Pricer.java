package dev.fourthpillar.pricing.cost;

import dev.fourthpillar.pricing.book.PriceBook;
import dev.fourthpillar.pricing.book.PriceRow;
import dev.fourthpillar.pricing.naming.ModelResolver;
import dev.fourthpillar.pricing.naming.Resolution;
import dev.fourthpillar.pricing.naming.Resolution.Ambiguous;
import dev.fourthpillar.pricing.naming.Resolution.Resolved;
import dev.fourthpillar.pricing.naming.Resolution.Unknown;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * Prices usage on the list side by one price book. Immutable and thread-safe; build one per book
 * version and keep it.
 */
public final class Pricer {

  private final PriceBook book;
  private final ModelResolver resolver;

  public Pricer(PriceBook book, ModelResolver resolver) {
    this.book = book;
    this.resolver = resolver;
  }

  public Pricer(PriceBook book) {
    this(book, new ModelResolver(book));
  }

  public PriceBook book() {
    return book;
  }

  /**
   * @throws AmountOutOfRangeException if a line or the total does not fit into int64 nanos
   * @throws dev.fourthpillar.pricing.quantity.QuantityOutOfRangeException if the prompt size
   *     exceeds 2^63 − 1
   */
  public PriceResult price(UsageToPrice usage) {
    return price(resolve(usage), usage, BigDecimal.ONE);
  }

  Resolution resolve(UsageToPrice usage) {
    return resolver.resolve(usage.model());
  }

  PriceResult price(Resolution resolution, UsageToPrice usage, BigDecimal factor) {
    Currency currency = book.header().currency();
    return switch (resolution) {
      case Unknown unknown ->
          Lines.unpriced(currency, unknown, UnpricedReason.UNKNOWN_MODEL, usage);
      case Ambiguous several ->
          Lines.unpriced(currency, several, UnpricedReason.AMBIGUOUS_MODEL, usage);
      case Resolved resolved when resolved.row().status() == PriceRow.Status.NO_PRICE ->
          Lines.unpriced(currency, resolved, UnpricedReason.NO_PRICE, usage);
      case Resolved resolved ->
          new Lines(new RowPrices(resolved.row(), usage), factor)
              .price(usage.quantities())
              .result(currency, resolved);
    };
  }
}
