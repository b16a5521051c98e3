package dev.fourthpillar.budget.cap;

import dev.fourthpillar.backbone.money.Amount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.Function;

/**
 * What list prices are in a cap's currency. Kept with a hold, so that its end counts by the rate of
 * its beginning.
 *
 * @param currency of the list prices
 * @param perThousand nanos of the cap's currency for 1,000 units of it: with one of the same
 *     currency nothing is rounded, and with others 12 digits count
 */
public record CapRate(String currency, long perThousand) {
  private static final long THOUSAND_UNITS = 1_000_000_000_000L;

  /** As the conversion has it; empty where there is none. */
  public static Optional<CapRate> of(
      String currency, Function<Amount, Optional<Amount>> conversion) {
    return conversion
        .apply(new Amount(currency, THOUSAND_UNITS))
        .map(units -> new CapRate(currency, units.nanos()));
  }

  /** So many nanos at list price, in nanos of the cap's currency; half-even. */
  public BigInteger of(long listNanos) {
    return new BigDecimal(BigInteger.valueOf(listNanos).multiply(BigInteger.valueOf(perThousand)))
        .divide(BigDecimal.valueOf(THOUSAND_UNITS), 0, RoundingMode.HALF_EVEN)
        .toBigIntegerExact();
  }
}
