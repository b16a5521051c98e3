package dev.fourthpillar.backbone.money;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * An exact amount of money.
 *
 * @param currency ISO 4217, for example {@code USD}
 * @param nanos 10⁻⁹ of the currency's unit; at most ±9,223,372,036.854775807 units
 */
public record Amount(String currency, long nanos) {
  /** 10⁻⁹ units in one unit. */
  public static final long NANOS_PER_UNIT = 1_000_000_000L;

  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  public Amount {
    if (!CURRENCY.matcher(currency).matches()) {
      throw Failure.invalidField(
              "currency_code",
              "'%s' (expected: three capital letters)".formatted(currency),
              "iso4217")
          .asException();
    }
    if (nanos == Long.MIN_VALUE) {
      // Has no opposite, and a ledger needs one of everything.
      throw outOfRange("amount", new BigDecimal("-9223372036.854775808"), currency).asException();
    }
  }

  /** The sum. The currencies must be the same. */
  public Amount plus(Amount other) {
    requireSameCurrency(other);
    try {
      return new Amount(currency, Math.addExact(nanos, other.nanos));
    } catch (ArithmeticException _) {
      throw outOfRange("amount", units().add(other.units()), currency).asException();
    }
  }

  /** The opposite. */
  public Amount negated() {
    return new Amount(currency, -nanos);
  }

  /** The amount in units, for people. */
  public BigDecimal units() {
    return BigDecimal.valueOf(nanos, 9);
  }

  /** The failure of an amount that cannot be represented. */
  public static Failure outOfRange(String field, BigDecimal units, String currency) {
    return Failure.of(
            Reason.AMOUNT_OUT_OF_RANGE,
            "%s: %s %s (expected: at most %s)"
                .formatted(
                    field,
                    units.stripTrailingZeros().toPlainString(),
                    currency,
                    BigDecimal.valueOf(Long.MAX_VALUE, 9).toPlainString()))
        .with("field", field)
        .with("max_units", BigDecimal.valueOf(Long.MAX_VALUE, 9).toPlainString());
  }

  private void requireSameCurrency(Amount other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(
          "currency: %s (expected: %s)".formatted(other.currency, currency));
    }
  }
}
