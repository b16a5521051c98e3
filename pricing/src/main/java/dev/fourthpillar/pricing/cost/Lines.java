package dev.fourthpillar.pricing.cost;

import dev.fourthpillar.pricing.naming.Resolution;
import dev.fourthpillar.pricing.naming.Resolution.Resolved;
import dev.fourthpillar.pricing.quantity.CacheTtl;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.pricing.quantity.TokenKind;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Collects the lines of one record at one row's prices. Used once. */
final class Lines {

  private final RowPrices prices;
  private final BigDecimal factor;
  private final List<CostLine> lines = new ArrayList<>();
  private final SortedSet<Meter> missing = new TreeSet<>();
  private final EnumSet<PriceFlag> flags = EnumSet.noneOf(PriceFlag.class);

  /**
   * @param factor applied to every price, exactly (1 − discount)
   */
  Lines(RowPrices prices, BigDecimal factor) {
    this.prices = prices;
    this.factor = factor;
    flags.addAll(prices.flags());
  }

  static PriceResult unpriced(
      Currency currency, Resolution resolution, UnpricedReason reason, UsageToPrice usage) {
    SortedSet<Meter> used = new TreeSet<>(usage.quantities().counts().keySet());
    used.remove(TokenMeter.REASONING);
    return new PriceResult.Unpriced(
        currency, resolution, reason, used, List.of(), EnumSet.noneOf(PriceFlag.class));
  }

  Lines price(Quantities quantities) {
    for (Map.Entry<Meter, Long> entry : quantities.counts().entrySet()) {
      Meter meter = entry.getKey();
      long quantity = entry.getValue();
      if (meter.equals(TokenMeter.OUTPUT)) {
        output(quantity, quantities.count(TokenMeter.REASONING));
      } else if (!meter.equals(TokenMeter.REASONING)) {
        add(meter, quantity);
      }
    }
    if (quantities.count(TokenMeter.REASONING) > quantities.count(TokenMeter.OUTPUT)) {
      flags.add(PriceFlag.REASONING_EXCEEDS_OUTPUT);
    }
    lines.sort(Comparator.comparing(CostLine::meter));
    return this;
  }

  /**
   * Reasoning is a part of output and costs what output costs, unless a reasoning price stands
   * beside the output price that is used; then the part gets a line of its own.
   */
  private void output(long output, long reported) {
    Optional<RowPrices.Found> price = prices.find(TokenMeter.OUTPUT);
    Optional<RowPrices.Found> own = price.flatMap(p -> prices.beside(p, TokenMeter.REASONING));
    long reasoning = own.isPresent() ? Math.min(reported, output) : 0;
    if (reasoning > 0) {
      add(TokenMeter.REASONING, reasoning, own.orElseThrow());
    }
    if (output > reasoning) {
      price.ifPresentOrElse(
          p -> add(TokenMeter.OUTPUT, output - reasoning, p), () -> missing.add(TokenMeter.OUTPUT));
    }
  }

  private void add(Meter meter, long quantity) {
    prices
        .find(meter)
        .ifPresentOrElse(
            found -> {
              add(meter, quantity, found);
              if (timeToLiveMatters(meter, found)) {
                flags.add(PriceFlag.CACHE_WRITE_TTL_UNKNOWN);
              }
            },
            () -> missing.add(meter));
  }

  private boolean timeToLiveMatters(Meter meter, RowPrices.Found found) {
    if (!(meter instanceof TokenMeter(TokenKind kind, var modality, CacheTtl ttl))
        || kind != TokenKind.CACHE_WRITE
        || ttl != CacheTtl.UNLABELLED) {
      return false;
    }
    Meter hour = new TokenMeter(TokenKind.CACHE_WRITE, modality, CacheTtl.H1);
    return prices
        .find(hour)
        .filter(price -> price.pricePerMillion().compareTo(found.pricePerMillion()) != 0)
        .isPresent();
  }

  private void add(Meter meter, long quantity, RowPrices.Found found) {
    BigDecimal price = found.pricePerMillion().multiply(factor);
    lines.add(
        new CostLine(
            meter,
            quantity,
            price,
            found.meter(),
            found.tier(),
            found.threshold(),
            Nanos.cost(quantity, price)));
    flags.addAll(found.flags());
  }

  PriceResult result(Currency currency, Resolved resolved) {
    if (!missing.isEmpty()) {
      return new PriceResult.Unpriced(
          currency, resolved, UnpricedReason.MISSING_PRICE, missing, lines, flags);
    }
    if (!lines.isEmpty() && lines.stream().allMatch(l -> l.pricePerMillion().signum() == 0)) {
      return new PriceResult.Free(currency, resolved, lines, flags);
    }
    long total = 0;
    for (CostLine line : lines) {
      total = Nanos.add(total, line.amountNanos());
    }
    return new PriceResult.Priced(currency, resolved, lines, total, flags);
  }
}
