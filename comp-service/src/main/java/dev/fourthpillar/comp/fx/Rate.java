package dev.fourthpillar.comp.fx;

import dev.fourthpillar.comp.explain.SnapshotRef;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Fractions;
import java.util.Currency;
import java.util.List;
import org.apache.commons.numbers.fraction.BigFraction;

/** The rate a conversion used. It multiplies exactly; the one rounding is the line's. */
public sealed interface Rate {

  Currency to();

  /** Units of the target per 1 source, exact. */
  BigFraction factor();

  default ExactMoney convert(ExactMoney amount) {
    return amount.at(factor(), to());
  }

  /** No conversion: one currency on both sides. */
  record Same(Currency to) implements Rate {
    @Override
    public BigFraction factor() {
      return BigFraction.ONE;
    }
  }

  /** The pair is quoted in this direction. */
  record Direct(FxQuote quote, BigFraction factor) implements Rate {
    Direct(FxQuote quote) {
      this(quote, Fractions.of(quote.rate()));
    }

    @Override
    public Currency to() {
      return quote.to();
    }
  }

  /** Only the opposite direction is quoted: divide by it, never multiply by a rounded inverse. */
  record Inverse(FxQuote quote, BigFraction factor) implements Rate {
    Inverse(FxQuote quote) {
      this(quote, Fractions.of(quote.rate()).reciprocal());
    }

    @Override
    public Currency to() {
      return quote.from();
    }
  }

  /** The quote behind this rate, for the explanation of a line; empty for {@link Same}. */
  default List<SnapshotRef> snapshots() {
    return switch (this) {
      case Same same -> List.of();
      case Direct(FxQuote quote, BigFraction _) -> List.of(reference(quote, "direct"));
      case Inverse(FxQuote quote, BigFraction _) -> List.of(reference(quote, "divided by"));
    };
  }

  private static SnapshotRef reference(FxQuote quote, String use) {
    return new SnapshotRef(
        SnapshotRef.Kind.FX_QUOTE,
        quote.id(),
        "%s to %s %s of %s, %s, %s"
            .formatted(
                quote.from(),
                quote.to(),
                quote.rate().toPlainString(),
                quote.date(),
                quote.publisher(),
                use));
  }
}
