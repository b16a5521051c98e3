package dev.fourthpillar.pricing.book;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fourthpillar.pricing.json.StrictJson;
import dev.fourthpillar.pricing.quantity.Meter;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Our own price file, format {@code fourthpillar.pricebook/1}; described in
 * docs/architecture/pricing.md. Prices are decimal strings per million units. Nothing is optional
 * by accident: an unknown field or meter refuses the file.
 */
public final class PriceBookJson {

  /** Value of the field {@code format}. */
  public static final String FORMAT = "fourthpillar.pricebook/1";

  /** Most problems that are listed of one file. */
  public static final int MAX_PROBLEMS = 1_000;

  private static final Set<String> BOOK_FIELDS =
      Set.of("format", "id", "version", "currency", "effectiveFrom", "source", "rows");
  private static final Set<String> ROW_FIELDS =
      Set.of(
          "provider",
          "model",
          "source",
          "thresholdRule",
          "lastTierLimit",
          "prices",
          "serviceMultipliers",
          "regionMultipliers");

  private final List<String> problems = new ArrayList<>();

  private PriceBookJson() {}

  /**
   * @throws InvalidPriceBookException listing every problem of the file
   * @throws IOException if the stream fails
   */
  public static PriceBook read(InputStream in) throws IOException {
    ObjectNode root;
    try {
      root = StrictJson.readObject(in);
    } catch (StrictJson.MalformedException e) {
      throw new InvalidPriceBookException(List.of(e.getMessage()));
    }
    return new PriceBookJson().book(root);
  }

  private PriceBook book(ObjectNode root) {
    refuseUnknown("book", root, BOOK_FIELDS);
    if (!FORMAT.equals(text("book", root, "format"))) {
      problem("book", "format: " + root.path("format").asText() + " (expected: " + FORMAT + ")");
    }
    BookHeader header = header(root);
    List<PriceRow> rows = new ArrayList<>();
    int index = 0;
    for (JsonNode row : root.path("rows")) {
      row("rows[" + index++ + "]", row, rows);
    }
    if (!problems.isEmpty()) {
      throw new InvalidPriceBookException(problems);
    }
    return PriceBook.of(header, rows);
  }

  private BookHeader header(ObjectNode root) {
    try {
      return new BookHeader(
          text("book", root, "id"),
          root.path("version").isInt() ? root.path("version").intValue() : 0,
          Currency.getInstance(text("book", root, "currency")),
          Instant.parse(text("book", root, "effectiveFrom")),
          text("book", root, "source"));
    } catch (IllegalArgumentException | DateTimeException e) {
      problem("book", "header: " + e.getMessage());
      return null; // never used: there is a problem, so no book is built
    }
  }

  private void row(String where, JsonNode node, List<PriceRow> rows) {
    if (!(node instanceof ObjectNode row)) {
      problem(where, "not an object");
      return;
    }
    refuseUnknown(where, row, ROW_FIELDS);
    int before = problems.size();
    try {
      PriceRow.Builder builder =
          PriceRow.builder(
              new ModelKey(text(where, row, "provider"), text(where, row, "model")),
              text(where, row, "source"));
      if (row.has("thresholdRule")) {
        builder.thresholdRule(ThresholdRule.valueOf(text(where, row, "thresholdRule")));
      }
      if (row.has("lastTierLimit")) {
        builder.lastTierLimit(Long.parseLong(row.get("lastTierLimit").asText()));
      }
      each(where, row, "prices", (tier, sizes) -> prices(where, builder, tier, sizes));
      each(
          where,
          row,
          "serviceMultipliers",
          (tier, factor) -> builder.serviceMultiplier(tier(tier), decimal(where, tier, factor)));
      each(
          where,
          row,
          "regionMultipliers",
          (region, factor) -> builder.regionMultiplier(region, decimal(where, region, factor)));
      PriceRow built = builder.build();
      if (problems.size() == before) {
        rows.add(built);
      }
    } catch (IllegalArgumentException e) {
      problem(where, e.getMessage());
    }
  }

  private void prices(String where, PriceRow.Builder builder, String tier, JsonNode sizes) {
    if (!sizes.isObject()) {
      problem(where, "prices." + tier + ": not an object");
      return;
    }
    for (Map.Entry<String, JsonNode> size : sizes.properties()) {
      each(
          where,
          sizes,
          size.getKey(),
          (meter, price) ->
              builder.price(
                  tier(tier),
                  Long.parseLong(size.getKey()),
                  Meter.parse(meter),
                  decimal(where, meter, price)));
    }
  }

  private static ServiceTier tier(String code) {
    return ServiceTier.valueOf(code.toUpperCase(Locale.ROOT));
  }

  private void each(
      String where, JsonNode parent, String field, BiConsumer<String, JsonNode> action) {
    JsonNode node = parent.get(field);
    if (node == null) {
      return;
    }
    if (!node.isObject()) {
      problem(where, field + ": not an object");
      return;
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      try {
        action.accept(entry.getKey(), entry.getValue());
      } catch (IllegalArgumentException e) {
        problem(where, field + ": " + e.getMessage());
      }
    }
  }

  private static BigDecimal decimal(String where, String field, JsonNode node) {
    // A price is text so that no tool on its way can turn it into a binary fraction.
    return (node.isTextual() ? StrictJson.decimal(node.textValue()) : StrictJson.decimal(""))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    where + " " + field + ": " + node + " (expected: a decimal in quotes)"));
  }

  private String text(String where, ObjectNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      problem(where, field + ": " + (value.isMissingNode() ? "missing" : "not a text"));
      return "";
    }
    return value.textValue();
  }

  private void refuseUnknown(String where, ObjectNode node, Set<String> known) {
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!known.contains(field)) {
                problem(where, "unknown field " + field);
              }
            });
  }

  private void problem(String where, String what) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(where + ": " + what);
    }
  }

  /** The file of a book; {@link #read} of it gives an equal book. */
  public static String write(PriceBook book) {
    ObjectNode root = StrictJson.newObject();
    BookHeader header = book.header();
    root.put("format", FORMAT);
    root.put("id", header.id());
    root.put("version", header.version());
    root.put("currency", header.currency().getCurrencyCode());
    root.put("effectiveFrom", header.effectiveFrom().toString());
    root.put("source", header.source());
    var rows = root.putArray("rows");
    book.rows().values().forEach(row -> write(rows.addObject(), row));
    return StrictJson.write(root);
  }

  private static void write(ObjectNode node, PriceRow row) {
    node.put("provider", row.key().provider());
    node.put("model", row.key().model());
    node.put("source", row.source());
    if (row.thresholdRule() != ThresholdRule.OVER) {
      node.put("thresholdRule", row.thresholdRule().name());
    }
    row.lastTierLimit().ifPresent(limit -> node.put("lastTierLimit", limit));
    ObjectNode prices = node.putObject("prices");
    row.rates()
        .forEach(
            (tier, tiered) -> {
              ObjectNode sizes = prices.putObject(lower(tier));
              tiered
                  .byThreshold()
                  .forEach(
                      (threshold, card) -> {
                        ObjectNode meters = sizes.putObject(threshold.toString());
                        card.pricePerMillion()
                            .forEach((meter, p) -> meters.put(meter.code(), p.toPlainString()));
                      });
            });
    if (!row.serviceMultipliers().isEmpty()) {
      ObjectNode services = node.putObject("serviceMultipliers");
      row.serviceMultipliers().forEach((tier, f) -> services.put(lower(tier), f.toPlainString()));
    }
    if (!row.regionMultipliers().isEmpty()) {
      ObjectNode regions = node.putObject("regionMultipliers");
      row.regionMultipliers().forEach((region, f) -> regions.put(region, f.toPlainString()));
    }
  }

  private static String lower(ServiceTier tier) {
    return tier.name().toLowerCase(Locale.ROOT);
  }
}
