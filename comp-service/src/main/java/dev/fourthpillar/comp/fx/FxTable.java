package dev.fourthpillar.comp.fx;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.failure.RateMissing;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * The quotes a calculation may use. The order in which they are given changes nothing.
 *
 * @param quotes at most {@link #MAX_QUOTES}, at most one per pair, direction and date
 */
public record FxTable(List<FxQuote> quotes) {

  /** A calculation needs a handful of pairs; a year of days for a pair fits as well. */
  public static final int MAX_QUOTES = 1000;

  private static final Comparator<FxQuote> ORDER =
      Comparator.comparing((FxQuote quote) -> quote.from().getCurrencyCode())
          .thenComparing(quote -> quote.to().getCurrencyCode())
          .thenComparing(FxQuote::date);

  // After ORDER, which its constructor needs.
  public static final FxTable NONE = new FxTable(List.of());

  public FxTable {
    var checks = new Checks();
    if (checks.atMost("quotes", quotes, MAX_QUOTES)) {
      quotes = quotes.stream().sorted(ORDER.thenComparing(FxQuote::id)).toList();
      for (int i = 1; i < quotes.size(); i++) {
        var quote = quotes.get(i);
        checks.that(
            ORDER.compare(quotes.get(i - 1), quote) != 0,
            "quotes",
            "%s and %s for %s to %s on %s"
                .formatted(
                    quotes.get(i - 1).id(), quote.id(), quote.from(), quote.to(), quote.date()),
            "one quote per pair and date");
      }
    }
    checks.orThrow();
  }

  /**
   * The latest quote on or before {@code asOf}: the direct one, else the opposite one, which is
   * divided by. No third currency is ever put between.
   *
   * @throws RateMissing when the pair is quoted in neither direction by then
   */
  public Rate rate(Currency from, Currency to, LocalDate asOf) {
    if (from.equals(to)) {
      return new Rate.Same(to);
    }
    return latest(from, to, asOf)
        .<Rate>map(Rate.Direct::new)
        .or(() -> latest(to, from, asOf).map(Rate.Inverse::new))
        .orElseThrow(() -> new RateMissing(from, to, asOf));
  }

  private Optional<FxQuote> latest(Currency from, Currency to, LocalDate asOf) {
    return quotes.stream()
        .filter(quote -> quote.from().equals(from) && quote.to().equals(to))
        .filter(quote -> !quote.date().isAfter(asOf))
        .max(Comparator.comparing(FxQuote::date));
  }
}
