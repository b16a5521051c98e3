package dev.fourthpillar.budget.fx;

import dev.fourthpillar.backbone.money.Amount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** How amounts of one currency become amounts of another: exactly, with one rounding to nanos. */
public sealed interface Conversion {

  /** The quote behind it; empty when nothing is converted. */
  Optional<String> quoteId();

  /**
   * The amount in the other currency.
   *
   * @throws dev.fourthpillar.backbone.failure.FailureException when it cannot be represented
   */
  Amount convert(Amount amount);

  /** One currency on both sides. */
  record Same(String currency) implements Conversion {
    @Override
    public Optional<String> quoteId() {
      return Optional.empty();
    }

    @Override
    public Amount convert(Amount amount) {
      require(currency, amount);
      return amount;
    }
  }

  /** The pair is quoted in this direction. */
  record Direct(Quote quote) implements Conversion {
    @Override
    public Optional<String> quoteId() {
      return Optional.of(quote.id());
    }

    @Override
    public Amount convert(Amount amount) {
      require(quote.source(), amount);
      return rounded(
          BigDecimal.valueOf(amount.nanos())
              .multiply(quote.rate())
              .setScale(0, RoundingMode.HALF_EVEN),
          quote.target());
    }
  }

  /**
   * Only the opposite direction is quoted: divided by it, never multiplied by a rounded inverse.
   */
  record Opposite(Quote quote) implements Conversion {
    @Override
    public Optional<String> quoteId() {
      return Optional.of(quote.id());
    }

    @Override
    public Amount convert(Amount amount) {
      require(quote.target(), amount);
      return rounded(
          BigDecimal.valueOf(amount.nanos()).divide(quote.rate(), 0, RoundingMode.HALF_EVEN),
          quote.source());
    }
  }

  private static void require(String currency, Amount amount) {
    if (!amount.currency().equals(currency)) {
      throw new IllegalArgumentException(
          "currency: %s (expected: %s)".formatted(amount.currency(), currency));
    }
  }

  private static Amount rounded(BigDecimal nanos, String currency) {
    try {
      return new Amount(currency, nanos.longValueExact());
    } catch (ArithmeticException _) {
      throw Amount.outOfRange("amount", nanos.movePointLeft(9), currency).asException();
    }
  }
}
