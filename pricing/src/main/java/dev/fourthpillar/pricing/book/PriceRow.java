package dev.fourthpillar.pricing.book;

import dev.fourthpillar.pricing.quantity.Meter;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The prices of one model at one provider.
 *
 * @param key how the row is found
 * @param rates prices by service tier and prompt size; missing ones fall back (see {@code cost})
 * @param thresholdRule when a size tier is reached
 * @param lastTierLimit prompt size, in tokens, up to which the highest tier is stated, if it is
 * @param serviceMultipliers factor on the standard token prices for a tier without own prices
 * @param regionMultipliers factor on token prices by region label, lower case (data residency)
 * @param source where the prices come from; never blank
 */
public record PriceRow(
    ModelKey key,
    Map<ServiceTier, TieredRates> rates,
    ThresholdRule thresholdRule,
    OptionalLong lastTierLimit,
    Map<ServiceTier, BigDecimal> serviceMultipliers,
    SortedMap<String, BigDecimal> regionMultipliers,
    String source) {

  /** Most region labels of one row. */
  public static final int MAX_REGIONS = 64;

  /** Longest source, in UTF-16 code units. */
  public static final int MAX_SOURCE_LENGTH = 1_024;

  public PriceRow {
    Map<ServiceTier, TieredRates> tiers = new EnumMap<>(ServiceTier.class);
    rates.forEach(
        (tier, tiered) -> {
          if (!tiered.isEmpty()) {
            tiers.put(tier, tiered);
          }
        });
    rates = Collections.unmodifiableMap(tiers);

    Map<ServiceTier, BigDecimal> services = new EnumMap<>(ServiceTier.class);
    serviceMultipliers.forEach(
        (tier, factor) -> services.put(tier, Prices.checkMultiplier(tier.name(), factor)));
    if (services.containsKey(ServiceTier.STANDARD)) {
      throw new IllegalArgumentException("multiplier on STANDARD (expected: on another tier)");
    }
    serviceMultipliers = Collections.unmodifiableMap(services);

    SortedMap<String, BigDecimal> regions = new TreeMap<>();
    regionMultipliers.forEach(
        (region, factor) -> {
          if (region.isBlank() || !region.equals(region.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("region: " + region + " (expected: lower case)");
          }
          regions.put(region, Prices.checkMultiplier(region, factor));
        });
    if (regions.size() > MAX_REGIONS) {
      throw new IllegalArgumentException(
          "regions: " + regions.size() + " (expected: <= " + MAX_REGIONS + ")");
    }
    regionMultipliers = Collections.unmodifiableSortedMap(regions);

    if (source.isBlank() || source.length() > MAX_SOURCE_LENGTH) {
      throw new IllegalArgumentException(
          "source: length " + source.length() + " (expected: 1.." + MAX_SOURCE_LENGTH + ")");
    }
  }

  /** Whether the row has prices, has only prices of 0, or deliberately has none. */
  public enum Status {
    PRICED,
    /** Every stated price is 0. */
    FREE,
    /** The model is known, its price is not: usage of it is UNPRICED. */
    NO_PRICE
  }

  public Status status() {
    boolean any = false;
    boolean charged = false;
    for (TieredRates tiered : rates.values()) {
      for (RateCard card : tiered.byThreshold().values()) {
        any |= !card.isEmpty();
        charged |= card.pricePerMillion().values().stream().anyMatch(p -> p.signum() > 0);
      }
    }
    return charged ? Status.PRICED : any ? Status.FREE : Status.NO_PRICE;
  }

  /** The thresholds, other than 0, that a call of this tier can reach; ascending. */
  public NavigableSet<Long> thresholds(ServiceTier tier) {
    NavigableSet<Long> thresholds = new TreeSet<>();
    for (ServiceTier each : new ServiceTier[] {ServiceTier.STANDARD, tier}) {
      TieredRates tiered = rates.get(each);
      if (tiered != null) {
        thresholds.addAll(tiered.byThreshold().tailMap(0L, false).keySet());
      }
    }
    return thresholds;
  }

  /** Whether both rows charge the same for everything; key and source do not matter. */
  public boolean samePricesAs(PriceRow other) {
    return rates.equals(other.rates)
        && thresholdRule == other.thresholdRule
        && lastTierLimit.equals(other.lastTierLimit)
        && serviceMultipliers.equals(other.serviceMultipliers)
        && regionMultipliers.equals(other.regionMultipliers);
  }

  public static Builder builder(ModelKey key, String source) {
    return new Builder(key, source);
  }

  /** Collects prices; a meter set twice with different prices is refused. */
  public static final class Builder {

    private final ModelKey key;
    private final String source;
    private final Map<ServiceTier, TreeMap<Long, Map<Meter, BigDecimal>>> prices =
        new EnumMap<>(ServiceTier.class);
    private final Map<ServiceTier, BigDecimal> services = new EnumMap<>(ServiceTier.class);
    private final TreeMap<String, BigDecimal> regions = new TreeMap<>();
    private ThresholdRule rule = ThresholdRule.OVER;
    private OptionalLong limit = OptionalLong.empty();

    private Builder(ModelKey key, String source) {
      this.key = key;
      this.source = source;
    }

    public Builder price(Meter meter, BigDecimal perMillion) {
      return price(ServiceTier.STANDARD, 0, meter, perMillion);
    }

    public Builder price(ServiceTier tier, long threshold, Meter meter, BigDecimal perMillion) {
      BigDecimal before =
          prices
              .computeIfAbsent(tier, _ -> new TreeMap<>())
              .computeIfAbsent(threshold, _ -> new HashMap<>())
              .putIfAbsent(meter, perMillion);
      if (before != null && before.compareTo(perMillion) != 0) {
        throw new IllegalArgumentException(
            meter + ": two prices, " + before.toPlainString() + " and " + perMillion);
      }
      return this;
    }

    public Builder thresholdRule(ThresholdRule value) {
      rule = value;
      return this;
    }

    public Builder lastTierLimit(long promptTokens) {
      limit = OptionalLong.of(promptTokens);
      return this;
    }

    public Builder serviceMultiplier(ServiceTier tier, BigDecimal factor) {
      services.put(tier, factor);
      return this;
    }

    public Builder regionMultiplier(String region, BigDecimal factor) {
      regions.put(region, factor);
      return this;
    }

    public PriceRow build() {
      Map<ServiceTier, TieredRates> rates = new EnumMap<>(ServiceTier.class);
      prices.forEach(
          (tier, byThreshold) -> {
            TreeMap<Long, RateCard> cards = new TreeMap<>();
            byThreshold.forEach((threshold, card) -> cards.put(threshold, RateCard.of(card)));
            rates.put(tier, new TieredRates(cards));
          });
      return new PriceRow(key, rates, rule, limit, services, regions, source);
    }
  }
}
