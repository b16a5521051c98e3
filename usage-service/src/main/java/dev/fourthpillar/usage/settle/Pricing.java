package dev.fourthpillar.usage.settle;

import dev.fourthpillar.pricing.book.ServiceTier;
import dev.fourthpillar.pricing.cost.AmountOutOfRangeException;
import dev.fourthpillar.pricing.cost.CostLine;
import dev.fourthpillar.pricing.cost.PriceFlag;
import dev.fourthpillar.pricing.cost.PriceResult;
import dev.fourthpillar.pricing.cost.TwoSidedPricer;
import dev.fourthpillar.pricing.cost.UnpricedReason;
import dev.fourthpillar.pricing.cost.UsageToPrice;
import dev.fourthpillar.pricing.naming.ModelName;
import dev.fourthpillar.pricing.naming.Resolution;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.pricing.quantity.QuantityOutOfRangeException;
import dev.fourthpillar.pricing.quantity.UnknownMeter;
import dev.fourthpillar.usage.pricebook.BookPrices;
import dev.fourthpillar.usage.pricebook.PriceTimes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a call costs, or why that is not known.
 *
 * @param priced whether both sides have a price; FREE is one
 * @param book that has the price
 * @param provider as the price book names it, else as reported
 * @param model as the price book names it, else as reported
 */
record Pricing(
    boolean priced,
    Optional<String> book,
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

  private static final Set<String> OWN_FLAGS =
      Set.of(
          "UNKNOWN_METER",
          "NO_PRICE_BOOK",
          "UNKNOWN_MODEL",
          "SERVICE_TIER_UNKNOWN",
          "AMOUNT_OUT_OF_RANGE",
          "FREE");

  /** Whether a flag of a unit is pricing's, and goes when it is priced anew. */
  static boolean isFlag(String flag) {
    return OWN_FLAGS.contains(flag)
        || Arrays.stream(PriceFlag.values()).anyMatch(f -> f.name().equals(flag))
        || Arrays.stream(UnpricedReason.values()).anyMatch(r -> r.name().equals(flag));
  }

  /**
   * A call keeps the book that first had a price for it, until it is priced anew; where that one
   * has no price for what has become known since, the one that holds now counts.
   *
   * @param kept the book it was priced with before
   */
  static Pricing of(Priceable call, PriceTimes prices, Optional<String> kept) {
    Optional<BookPrices> before = kept.flatMap(prices::book);
    if (before.isPresent()) {
      Pricing pricing = of(call, before);
      if (pricing.priced()) {
        return pricing;
      }
    }
    return of(call, prices.at(call.eventTime()));
  }

  static Pricing of(Priceable call, Optional<BookPrices> book) {
    String reported = call.model();
    SortedSet<String> flags = new TreeSet<>();
    if (call.quantities().counts().keySet().stream().anyMatch(UnknownMeter.class::isInstance)) {
      flags.add("UNKNOWN_METER");
    }
    if (book.isEmpty()) {
      flags.add("NO_PRICE_BOOK");
      return unpriced(call, reported, flags);
    }
    Optional<ModelName> name = name(call.provider(), reported);
    if (name.isEmpty()) {
      flags.add("UNKNOWN_MODEL");
      return unpriced(call, reported, flags);
    }
    ServiceTier tier = ServiceTier.STANDARD;
    if (call.serviceTier().isPresent()) {
      String code = call.serviceTier().get().toLowerCase(Locale.ROOT);
      tier = TIERS.getOrDefault(code, ServiceTier.STANDARD);
      if (!TIERS.containsKey(code)) {
        flags.add("SERVICE_TIER_UNKNOWN");
      }
    }
    UsageToPrice usage =
        new UsageToPrice(name.get(), call.quantities(), call.scope(), tier, call.region());
    try {
      return of(call, reported, book.get(), book.get().pricer().price(usage), flags);
    } catch (AmountOutOfRangeException | QuantityOutOfRangeException beyond) {
      flags.add("AMOUNT_OUT_OF_RANGE");
      return unpriced(call, reported, flags);
    }
  }

  private static Pricing of(
      Priceable call,
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
    String provider = call.provider();
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
          false,
          Optional.empty(),
          provider,
          model,
          resolution,
          quantitiesOnly(call.quantities()),
          flags);
    }
    if (sides.list() instanceof PriceResult.Free) {
      flags.add("FREE");
    }
    Map<Meter, Long> list = byMeter(sides.list());
    Map<Meter, Long> employer = byMeter(sides.employer());
    SortedMap<String, MeterCost> meters = new TreeMap<>();
    long listTotal = 0;
    long employerTotal = 0;
    for (Map.Entry<Meter, Long> count : call.quantities().counts().entrySet()) {
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
        Optional.of(book.bookId()),
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

  private static Pricing unpriced(Priceable call, String reported, SortedSet<String> flags) {
    return new Pricing(
        false,
        Optional.empty(),
        call.provider(),
        reported,
        "",
        quantitiesOnly(call.quantities()),
        flags);
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
