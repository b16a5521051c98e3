package dev.fourthpillar.pricing.litellm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fourthpillar.pricing.book.ModelKey;
import dev.fourthpillar.pricing.book.PriceRow;
import dev.fourthpillar.pricing.book.Prices;
import dev.fourthpillar.pricing.book.ServiceTier;
import dev.fourthpillar.pricing.book.ThresholdRule;
import dev.fourthpillar.pricing.json.StrictJson;
import dev.fourthpillar.pricing.quantity.Flow;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.pricing.quantity.Unit;
import dev.fourthpillar.pricing.quantity.UnitDetail;
import dev.fourthpillar.pricing.quantity.UnitMeter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one entry of the file into a row. Problems refuse the file, exceptions the entry. */
final class EntryReader {

  /**
   * Highest believable token price, USD per million. The dearest real one is 600; the file has a
   * few entries a million times too high, and charging by them would empty budgets.
   */
  static final BigDecimal MAX_TOKEN_PRICE_PER_MILLION = new BigDecimal(10_000);

  /** Largest prompt size a range may name; far above any model. */
  private static final BigDecimal MAX_PROMPT_TOKENS = new BigDecimal(1_000_000_000_000L);

  // Stands in while an entry without a usable name is checked; such an entry never becomes a row.
  private static final ModelKey UNNAMED = new ModelKey("unnamed", "unnamed");

  private static final String PROVIDER = "litellm_provider";
  private static final String XAI = "xai";
  private static final String SEARCH = "search_context_cost_per_query";
  private static final String SPECIFIC = "provider_specific_entry";
  private static final String TIERED = "tiered_pricing";
  private static final String RANGE = "range";
  private static final String FAST = "fast";
  private static final Pattern REGION = Pattern.compile("[a-z]{2}");
  private static final Pattern UPLIFT =
      Pattern.compile("regional_processing_uplift_multiplier_([a-z]{2})");

  private static final Map<String, UnitDetail> SEARCH_SIZES =
      Map.of(
          "search_context_size_low", UnitDetail.WEB_SEARCH_LOW,
          "search_context_size_medium", UnitDetail.WEB_SEARCH_MEDIUM,
          "search_context_size_high", UnitDetail.WEB_SEARCH_HIGH);

  private final String id;
  private final ObjectNode entry;
  private final Account account;
  private final PriceRow.Builder builder;
  private final List<String> zeroFields = new ArrayList<>();
  private Optional<String> senseless = Optional.empty();

  EntryReader(String bookSource, String id, ObjectNode entry, Account account) {
    this.id = id;
    this.entry = entry;
    this.account = account;
    String provider = entry.path(PROVIDER).asText("");
    String page = entry.path("source").asText("");
    this.builder =
        PriceRow.builder(key(provider), page.isBlank() ? bookSource : bookSource + "; " + page);
    // Documented by the vendor: higher context pricing applies from the threshold on, not over it.
    builder.thresholdRule(provider.equals(XAI) ? ThresholdRule.AT_OR_OVER : ThresholdRule.OVER);
  }

  private ModelKey key(String provider) {
    try {
      return new ModelKey(provider, id);
    } catch (IllegalArgumentException e) {
      reject(e.getMessage());
      return UNNAMED;
    }
  }

  PriceRow read() {
    for (Map.Entry<String, JsonNode> field : entry.properties()) {
      field(field.getKey(), field.getValue());
    }
    senseless.ifPresent(
        reason -> {
          throw new IllegalArgumentException(reason);
        });
    PriceRow row = builder.build();
    if (row.status() == PriceRow.Status.PRICED) {
      zeroFields.forEach(account::zeroPrice);
    }
    return row;
  }

  private void field(String name, JsonNode value) {
    Optional<PriceField> price = PriceField.parse(name);
    Matcher uplift = UPLIFT.matcher(name);
    if (price.isPresent()) {
      account.field(name, FieldUse.IMPORTED);
      price(name, value, price.get());
    } else if (uplift.matches()) {
      account.field(name, FieldUse.IMPORTED);
      number(name, value)
          .ifPresent(factor -> attempt(() -> builder.regionMultiplier(uplift.group(1), factor)));
    } else {
      switch (name) {
        case PROVIDER -> account.field(name, FieldUse.IMPORTED);
        case SEARCH -> search(value);
        case SPECIFIC -> specific(value);
        case TIERED -> tiered(value);
        default ->
            account.field(
                name,
                InformationFields.contains(name) ? FieldUse.INFORMATION : FieldUse.NOT_SUPPORTED);
      }
    }
  }

  private void price(String name, JsonNode value, PriceField field) {
    perMillion(name, value, field.meter())
        .ifPresent(
            price ->
                attempt(
                    () -> builder.price(field.tier(), field.threshold(), field.meter(), price)));
  }

  /** Web searches by how much of the found text goes into the prompt. */
  private void search(JsonNode sizes) {
    if (!object(SEARCH, sizes)) {
      return;
    }
    List<BigDecimal> prices = new ArrayList<>();
    for (Map.Entry<String, JsonNode> size : sizes.properties()) {
      String name = SEARCH + "." + size.getKey();
      UnitDetail detail = SEARCH_SIZES.get(size.getKey());
      account.field(name, detail == null ? FieldUse.NOT_SUPPORTED : FieldUse.IMPORTED);
      if (detail != null) {
        Meter meter = new UnitMeter(Unit.REQUESTS, Flow.INPUT, detail);
        perMillion(name, size.getValue(), meter)
            .ifPresent(
                price -> {
                  prices.add(price);
                  attempt(() -> builder.price(meter, price));
                });
      }
    }
    // Most sources do not report the size: with one price for all sizes they need not.
    if (prices.size() == SEARCH_SIZES.size() && prices.stream().distinct().count() == 1) {
      builder.price(
          new UnitMeter(Unit.REQUESTS, Flow.INPUT, UnitDetail.WEB_SEARCH), prices.getFirst());
    }
  }

  /** Multipliers on all token prices: fast mode, and inference kept in a region. */
  private void specific(JsonNode factors) {
    if (!object(SPECIFIC, factors)) {
      return;
    }
    for (Map.Entry<String, JsonNode> factor : factors.properties()) {
      String key = factor.getKey();
      String name = SPECIFIC + "." + key;
      boolean region = REGION.matcher(key).matches();
      boolean known = region || key.equals(FAST);
      account.field(name, known ? FieldUse.IMPORTED : FieldUse.NOT_SUPPORTED);
      if (known) {
        number(name, factor.getValue()).ifPresent(by -> attempt(() -> multiply(region, key, by)));
      }
    }
  }

  private void multiply(boolean region, String key, BigDecimal by) {
    if (region) {
      builder.regionMultiplier(key, by);
    } else {
      builder.serviceMultiplier(ServiceTier.FAST, by);
    }
  }

  /** Rates by prompt size in ranges (from, to]; one range prices the whole request. */
  private void tiered(JsonNode tiers) {
    if (!tiers.isArray() || tiers.isEmpty()) {
      account.problem(id + ": " + TIERED + ": not a list of tiers");
      return;
    }
    TreeMap<Long, Long> ranges = new TreeMap<>();
    for (JsonNode tier : tiers) {
      if (!object(TIERED, tier)) {
        return;
      }
      Optional<long[]> range = tier.has(RANGE) ? range(tier.get(RANGE)) : Optional.empty();
      range.ifPresent(bounds -> ranges.put(bounds[0], bounds[1]));
      for (Map.Entry<String, JsonNode> field : tier.properties()) {
        tierField(field.getKey(), field.getValue(), range);
      }
    }
    if (!ranges.isEmpty()) {
      checkContiguous(ranges);
      builder.lastTierLimit(ranges.lastEntry().getValue());
    }
  }

  private void tierField(String field, JsonNode value, Optional<long[]> range) {
    String name = TIERED + "." + field;
    Optional<PriceField> price = PriceField.parse(field).filter(p -> p.threshold() == 0);
    // Tiers by anything but prompt size (search tiers by max_results_range) are not supported:
    // their
    // prices may not be mistaken for prices of every call.
    boolean used = range.isPresent() && (price.isPresent() || field.equals(RANGE));
    account.field(name, used ? FieldUse.IMPORTED : FieldUse.NOT_SUPPORTED);
    if (price.isPresent()) {
      Meter meter = price.get().meter();
      perMillion(name, value, meter)
          .filter(_ -> used)
          .ifPresent(
              p ->
                  attempt(
                      () -> builder.price(price.get().tier(), range.orElseThrow()[0], meter, p)));
    }
  }

  private Optional<long[]> range(JsonNode range) {
    Optional<Long> from = tokens(range.path(0));
    Optional<Long> to = tokens(range.path(1));
    if (range.size() == 2 && from.isPresent() && to.isPresent() && from.get() < to.get()) {
      return Optional.of(new long[] {from.get(), to.get()});
    }
    reject(TIERED + ": range " + brief(range) + " (expected: [from, to] in tokens, from < to)");
    return Optional.empty();
  }

  /** Whole tokens; the file writes some as 256000.0. */
  private static Optional<Long> tokens(JsonNode node) {
    return StrictJson.decimal(node)
        .map(BigDecimal::stripTrailingZeros)
        .filter(n -> n.signum() >= 0 && n.scale() <= 0 && n.compareTo(MAX_PROMPT_TOKENS) <= 0)
        .map(BigDecimal::longValueExact);
  }

  private void checkContiguous(SortedMap<Long, Long> ranges) {
    long expected = 0;
    for (Map.Entry<Long, Long> range : ranges.entrySet()) {
      if (range.getKey() != expected) {
        reject(TIERED + ": a range starts at " + range.getKey() + " (expected: " + expected + ")");
        return;
      }
      expected = range.getValue();
    }
  }

  private Optional<BigDecimal> perMillion(String name, JsonNode value, Meter meter) {
    Optional<BigDecimal> perUnit = number(name, value);
    if (perUnit.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal price = Prices.perMillion(perUnit.get());
    if (price.compareTo(perUnit.get().movePointRight(6)) != 0) {
      account.rounded();
    }
    if (price.signum() == 0) {
      zeroFields.add(name);
    }
    if (meter instanceof TokenMeter && price.compareTo(MAX_TOKEN_PRICE_PER_MILLION) > 0) {
      reject(
          name
              + ": "
              + price.toPlainString()
              + " USD per million tokens (expected: <= "
              + MAX_TOKEN_PRICE_PER_MILLION
              + ")");
      return Optional.empty();
    }
    return Optional.of(price);
  }

  /** A price must be a finite number >= 0; anything else is a damaged file. */
  private Optional<BigDecimal> number(String name, JsonNode value) {
    Optional<BigDecimal> number = StrictJson.decimal(value);
    if (number.isEmpty()) {
      account.problem(id + ": " + name + ": " + brief(value) + " is not a number");
    } else if (number.get().signum() < 0) {
      account.problem(id + ": " + name + ": " + value + " is negative");
      return Optional.empty();
    }
    return number;
  }

  private boolean object(String name, JsonNode node) {
    if (!node.isObject()) {
      account.problem(id + ": " + name + ": not an object");
    }
    return node.isObject();
  }

  /** Keeps the reason and goes on, so that the rest of the entry is still checked and counted. */
  private void attempt(Runnable change) {
    try {
      change.run();
    } catch (IllegalArgumentException e) {
      reject(e.getMessage());
    }
  }

  /** The first reason is the one that is told. */
  private void reject(String reason) {
    if (senseless.isEmpty()) {
      senseless = Optional.of(reason);
    }
  }

  private static String brief(JsonNode value) {
    String text = value.isDouble() ? value.asText() : value.toString();
    int maxLength = 80;
    return text.length() <= maxLength ? text : text.substring(0, maxLength) + "…";
  }
}
