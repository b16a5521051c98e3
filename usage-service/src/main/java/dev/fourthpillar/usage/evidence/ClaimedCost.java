package dev.fourthpillar.usage.evidence;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What the tool thinks the call cost, in US dollars. Its own price list and its own mistakes; kept
 * for comparison only.
 *
 * @param amountNanos 10⁻⁹ dollars
 */
public record ClaimedCost(long amountNanos) {

  private static final int NANO_DIGITS = 9;

  public ClaimedCost {
    if (amountNanos < 0) {
      throw new IllegalArgumentException("amountNanos: " + amountNanos + " (expected: >= 0)");
    }
  }

  /** Empty where the claim is no amount: a broken claim must not cost us the tokens beside it. */
  public static Optional<ClaimedCost> ofDollars(BigDecimal dollars) {
    BigDecimal limit = BigDecimal.valueOf(Long.MAX_VALUE, NANO_DIGITS);
    if (dollars.signum() < 0 || dollars.compareTo(limit) > 0) {
      return Optional.empty();
    }
    return Optional.of(
        new ClaimedCost(
            dollars
                .setScale(NANO_DIGITS, RoundingMode.HALF_EVEN)
                .unscaledValue()
                .longValueExact()));
  }
}
