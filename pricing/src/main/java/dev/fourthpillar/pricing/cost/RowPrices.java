package dev.fourthpillar.pricing.cost;

import dev.fourthpillar.pricing.book.PriceRow;
import dev.fourthpillar.pricing.book.ServiceTier;
import dev.fourthpillar.pricing.book.TieredRates;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.pricing.quantity.UnitMeter;
import dev.fourthpillar.pricing.quantity.UnknownMeter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;

/**
 * The prices of one row for one call: its size tier and service tier chosen once for all kinds.
 *
 * <p>A price is looked for in the call's size tier first, then in lower ones; within a size tier at
 * the call's service tier first, then at standard. Size goes first because a large prompt moves
 * every kind, and because vendors that do not offer a mode for large prompts serve those as
 * standard.
 */
final class RowPrices {

  /** A price and where it stands. */
  record Found(
      Meter meter,
      BigDecimal pricePerMillion,
      ServiceTier tier,
      long threshold,
      Set<PriceFlag> flags) {}

  private record Level(ServiceTier tier, long threshold) {}

  private final PriceRow row;
  private final ServiceTier wanted;
  private final List<Level> levels = new ArrayList<>();
  private final EnumSet<PriceFlag> flags = EnumSet.noneOf(PriceFlag.class);
  private final BigDecimal regionMultiplier;

  RowPrices(PriceRow row, UsageToPrice usage) {
    this.row = row;
    this.wanted = usage.serviceTier();
    this.regionMultiplier =
        usage
            .region()
            .flatMap(region -> Optional.ofNullable(row.regionMultipliers().get(region)))
            .orElse(BigDecimal.ONE);
    NavigableSet<Long> thresholds = row.thresholds(wanted);
    switch (usage.scope()) {
      case REQUEST -> {
        long prompt = usage.quantities().promptTokens();
        thresholds.descendingSet().stream()
            .filter(threshold -> row.thresholdRule().reached(prompt, threshold))
            .forEach(this::addLevels);
        if (row.lastTierLimit().isPresent() && prompt > row.lastTierLimit().getAsLong()) {
          flags.add(PriceFlag.PROMPT_OVER_LAST_TIER);
        }
      }
      case AGGREGATE -> {
        if (!thresholds.isEmpty()) {
          flags.add(PriceFlag.TIER_UNKNOWN);
        }
      }
    }
    addLevels(0);
  }

  private void addLevels(long threshold) {
    levels.add(new Level(wanted, threshold));
    if (wanted != ServiceTier.STANDARD) {
      levels.add(new Level(ServiceTier.STANDARD, threshold));
    }
  }

  /** Flags of the call as a whole. */
  Set<PriceFlag> flags() {
    return flags;
  }

  Optional<Found> find(Meter meter) {
    for (Substitute substitute : Substitute.chain(meter)) {
      for (Level level : levels) {
        Optional<Found> found = at(level, substitute);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** A price at exactly the level where another one was found. */
  Optional<Found> beside(Found other, Meter meter) {
    return at(new Level(other.tier(), other.threshold()), new Substitute(meter, Set.of()));
  }

  private Optional<Found> at(Level level, Substitute substitute) {
    TieredRates rates = row.rates().get(level.tier());
    if (rates == null || !rates.byThreshold().containsKey(level.threshold())) {
      return Optional.empty();
    }
    return rates
        .byThreshold()
        .get(level.threshold())
        .price(substitute.meter())
        .map(price -> found(level, substitute, price));
  }

  private Found found(Level level, Substitute substitute, BigDecimal price) {
    EnumSet<PriceFlag> why = EnumSet.noneOf(PriceFlag.class);
    why.addAll(substitute.flags());
    BigDecimal factor =
        switch (substitute.meter()) {
          // Fast mode and data residency raise token prices; searches, pages and the like stay.
          case UnitMeter _, UnknownMeter _ -> BigDecimal.ONE;
          case TokenMeter _ -> {
            if (level.threshold() < levels.getFirst().threshold()) {
              why.add(PriceFlag.SIZE_TIER_PRICE_MISSING);
            }
            yield regionMultiplier.multiply(serviceMultiplier(level, why));
          }
        };
    return new Found(
        substitute.meter(), price.multiply(factor), level.tier(), level.threshold(), why);
  }

  private BigDecimal serviceMultiplier(Level level, EnumSet<PriceFlag> why) {
    if (level.tier() == wanted) {
      return BigDecimal.ONE;
    }
    BigDecimal factor = row.serviceMultipliers().get(wanted);
    if (factor == null) {
      why.add(PriceFlag.SERVICE_TIER_PRICE_MISSING);
      return BigDecimal.ONE;
    }
    return factor;
  }
}
