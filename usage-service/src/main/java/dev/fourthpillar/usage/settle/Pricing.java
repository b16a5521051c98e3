package dev.fourthpillar.usage.settle;

import dev.fourthpillar.pricing.book.ServiceTier;
import dev.fourthpillar.pricing.cost.AmountOutOfRangeException;
import dev.fourthpillar.pricing.cost.CostLine;
import dev.fourthpillar.pricing.cost.PriceFlag;
import dev.fourthpillar.pricing.cost.PriceResult;
import dev.fourthpillar.pricing.cost.TwoSidedPricer;
import dev.fourthpillar.pricing.cost.UsageScope;
import dev.fourthpillar.pricing.cost.UsageToPrice;
import dev.fourthpillar.pricing.naming.ModelName;
import dev.fourthpillar.pricing.naming.Resolution;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.pricing.quantity.QuantityOutOfRangeException;
import dev.fourthpillar.pricing.quantity.UnknownMeter;
import dev.fourthpillar.usage.pricebook.BookPrices;
import dev.fourthpillar.usage.pricebook.PriceTimes;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a call costs, or why that is not known.
 *
 * @param priced whether both sides have a price; FREE is one
 * @param provider as the price book names it, else as reported
 * @param model as the price book names it, else as reported
 */
record Pricing(
    boolean priced,
    String provider,
    String model,
    String resolution,
    UnitValue.Worth worth,
    SortedSet<String> flags) {

  /** Names that the price book may see; longer ones are in no book. */
  private static final int MAX_NAME = 256;

  private static final Map<String, ServiceTier> TIERS =
      Map.of(
          "standard", ServiceTier.STANDARD,
          "default", ServiceTier.STANDARD,
          "auto", ServiceTier.STANDARD,
          "batch", ServiceTier.BATCH,
          "flex", ServiceTier.FLEX,
          "priority", ServiceTier.PRIORITY,
          "fast", ServiceTier.FAST);

  static Pricing of(Facts facts, PriceTimes prices) {
    String reported = facts.model().orElse("");
    SortedSet<String> flags = new TreeSet<>();
    if (facts.quantities().counts().keySet().stream().anyMatch(UnknownMeter.class::isInstance)) {
      flags.add("UNKNOWN_METER");
    }
    Optional<BookPrices> book = prices.at(facts.eventTime());
    if (book.isEmpty()) {
      flags.add("NO_PRICE_BOOK");
      return unpriced(facts, reported, flags);
    }
    Optional<ModelName> name = name(facts.provider(), reported);
    if (name.isEmpty()) {
      flags.add("UNKNOWN_MODEL");
      return unpriced(facts, reported, flags);
    }
    ServiceTier tier = ServiceTier.STANDARD;
    if (facts.serviceTier().isPresent()) {
      String code = facts.serviceTier().get().toLowerCase(Locale.ROOT);
      tier = TIERS.getOrDefault(code, ServiceTier.STANDARD);
      if (!TIERS.containsKey(code)) {
        flags.add("SERVICE_TIER_UNKNOWN");
      }
    }
    UsageToPrice usage =
        new UsageToPrice(
            name.get(),
            facts.quantities(),
            facts.isWindow() ? UsageScope.AGGREGATE : UsageScope.REQUEST,
            tier,
            facts.region());
    try {
      return of(facts, reported, book.get(), book.get().pricer().price(usage), flags);
    } catch (AmountOutOfRangeException | QuantityOutOfRangeException beyond) {
      flags.add("AMOUNT_OUT_OF_RANGE");
      return unpriced(facts, reported, flags);
    }
  }

  private static Pricing of(
      Facts facts,
      String reported,
      BookPrices book,
      TwoSidedPricer.BothSides sides,
      SortedSet<String> flags) {
    flags.addAll(sides.list().flags().stream().map(PriceFlag::name).toList());
    flags.addAll(sides.employer().flags().stream().map(PriceFlag::name).toList());
    for (PriceResult side : List.of(sides.list(), sides.employer())) {
      if (side instanceof PriceResult.Unpriced unpriced) {
        flags.add(unpriced.reason().name());
      }
    }
    String provider = facts.provider();
    String model = reported;
    String resolution = "";
    if (sides.list().resolution() instanceof Resolution.Resolved resolved) {
      provider = resolved.key().provider();
      model = resolved.key().model();
      resolution = resolved.method().name();
    }
    boolean priced =
        !(sides.list() instanceof PriceResult.Unpriced)
            && !(sides.employer() instanceof PriceResult.Unpriced);
    if (!priced) {
      return new Pricing(
          false, provider, model, resolution, quantitiesOnly(facts.quantities()), flags);
    }
    if (sides.list() instanceof PriceResult.Free) {
      flags.add("FREE");
    }
    Map<Meter, Long> list = byMeter(sides.list());
    Map<Meter, Long> employer = byMeter(sides.employer());
    SortedMap<String, MeterCost> meters = new TreeMap<>();
    long listTotal = 0;
    long employerTotal = 0;
    for (Map.Entry<Meter, Long> count : facts.quantities().counts().entrySet()) {
      MeterCost cost =
          new MeterCost(
              count.getValue(),
              list.getOrDefault(count.getKey(), 0L),
              employer.getOrDefault(count.getKey(), 0L));
      meters.put(count.getKey().code(), cost);
      listTotal = Math.addExact(listTotal, cost.listNanos());
      employerTotal = Math.addExact(employerTotal, cost.employerNanos());
    }
    return new Pricing(
        true,
        provider,
        model,
        resolution,
        new UnitValue.Worth(Optional.of(book.currency()), meters, listTotal, employerTotal),
        flags);
  }

  private static Map<Meter, Long> byMeter(PriceResult result) {
    Map<Meter, Long> costs = new HashMap<>();
    for (CostLine line : result.lines()) {
      costs.merge(line.meter(), line.amountNanos(), Math::addExact);
    }
    return costs;
  }

  private static Pricing unpriced(Facts facts, String reported, SortedSet<String> flags) {
    return new Pricing(
        false, facts.provider(), reported, "", quantitiesOnly(facts.quantities()), flags);
  }

  private static UnitValue.Worth quantitiesOnly(Quantities quantities) {
    SortedMap<String, MeterCost> meters = new TreeMap<>();
    quantities
        .counts()
        .forEach((meter, count) -> meters.put(meter.code(), new MeterCost(count, 0, 0)));
    return new UnitValue.Worth(Optional.empty(), meters, 0, 0);
  }

  private static Optional<ModelName> name(String provider, String model) {
    if (model.isBlank() || model.length() > MAX_NAME || provider.length() > MAX_NAME) {
      return Optional.empty();
    }
    return Optional.of(provider.isBlank() ? ModelName.of(model) : ModelName.of(provider, model));
  }
}
