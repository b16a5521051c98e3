package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.period.Entitlement.Line;
import dev.fourthpillar.budget.pricing.PriceTable;
import dev.fourthpillar.budget.pricing.Prices;
import dev.fourthpillar.pricing.cost.PriceResult;
import dev.fourthpillar.pricing.cost.UsageToPrice;
import dev.fourthpillar.pricing.naming.ModelName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What quantities are worth at list price. */
final class Valuation {
  private Valuation() {}

  /** What the lines cost. */
  record Listed(Amount amount, String bookId) {}

  /**
   * At the prices the period began with; where there were none yet, at the first ones that come
   * into effect in it. Empty while a line has no price.
   */
  static Optional<Listed> listed(List<Line> lines, PriceTable prices, Period period, Instant now) {
    Instant until = now.isBefore(period.end()) ? now : period.end();
    return prices.firstIn(period.start(), until).flatMap(p -> listed(lines, p));
  }

  private static Optional<Listed> listed(List<Line> lines, Prices prices) {
    Amount sum = new Amount(prices.currency(), 0);
    for (Line line : lines) {
      // A year's quantity is many calls: there is no prompt whose size would choose a price.
      UsageToPrice usage =
          UsageToPrice.request(ModelName.of(line.provider(), line.model()), line.quantities())
              .aggregated();
      switch (prices.pricer().price(usage).list()) {
        case PriceResult.Priced priced ->
            sum = sum.plus(new Amount(prices.currency(), priced.totalNanos()));
        case PriceResult.Free _ -> {}
        case PriceResult.Unpriced _ -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new Listed(sum, prices.bookId()));
  }
}
