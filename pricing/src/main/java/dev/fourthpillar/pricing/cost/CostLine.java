package dev.fourthpillar.pricing.cost;

import dev.fourthpillar.pricing.book.ServiceTier;
import dev.fourthpillar.pricing.quantity.Meter;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * One meter of a record, priced. quantity × pricePerMillion / 10⁶ equals the amount within half a
 * nano.
 *
 * @param quantity > 0; for OUTPUT, the part that is not on a REASONING line of its own
 * @param pricePerMillion exact, after multipliers and discount
 * @param pricedAs the meter whose price was used; differs from {@code meter} where a price is
 *     missing
 * @param serviceTier the service tier whose price was used
 * @param threshold the size tier whose price was used, in prompt tokens; 0 is the lowest
 * @param amountNanos 10⁻⁹ of the book's currency
 */
public record CostLine(
    Meter meter,
    long quantity,
    BigDecimal pricePerMillion,
    Meter pricedAs,
    ServiceTier serviceTier,
    long threshold,
    long amountNanos) {

  public CostLine {
    Objects.requireNonNull(meter, "meter");
    Objects.requireNonNull(pricedAs, "pricedAs");
    Objects.requireNonNull(serviceTier, "serviceTier");
    if (quantity <= 0) {
      throw new IllegalArgumentException("quantity: " + quantity + " (expected: > 0)");
    }
    if (amountNanos != Nanos.cost(quantity, pricePerMillion)) {
      throw new IllegalArgumentException(
          "amountNanos: not quantity × price / 10^6: " + amountNanos);
    }
  }
}
