package dev.fourthpillar.usage.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fourthpillar.pricing.quantity.Flow;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.pricing.quantity.Unit;
import dev.fourthpillar.pricing.quantity.UnitDetail;
import dev.fourthpillar.pricing.quantity.UnitMeter;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** OpenAI's organisation API: usage of every kind, and costs. */
final class OpenAiRows {
  private static final String PROVIDER = "openai";

  private OpenAiRows() {}

  /** Usage: a bucket with one of its results. Its input includes what is cached. */
  static List<ReportRow> usage(JsonNode entry) {
    Fields bucket = new Fields(entry);
    Fields row = bucket.result();
    ReportRow.Builder said =
        ReportRow.of(
            bucket.day("start_time"),
            PROVIDER,
            row.textOrEmpty("model"),
            row.first("api_key_id", "user_id", "project_id"));
    Optional<BigInteger> cached = row.count("input_cached_tokens");
    Optional<BigInteger> written = row.count("input_cache_write_tokens");
    said.meter(
        TokenMeter.INPUT,
        row.count("input_uncached_tokens")
            .or(
                () ->
                    row.count("input_tokens")
                        .map(all -> all.subtract(orZero(cached)).subtract(orZero(written)))));
    said.meter(TokenMeter.CACHE_READ, cached);
    said.meter(TokenMeter.CACHE_WRITE, written);
    said.meter(TokenMeter.OUTPUT, row.count("output_tokens"));
    said.meter(unit(Unit.IMAGES, Flow.OUTPUT), row.count("images"));
    said.meter(unit(Unit.CHARACTERS, Flow.INPUT), row.count("characters"));
    said.meter(unit(Unit.SECONDS, Flow.INPUT), row.count("seconds"));
    said.meter(unit(Unit.BYTES, Flow.INPUT), row.count("usage_bytes"));
    said.meter(unit(Unit.SESSIONS, Flow.INPUT), row.count("num_sessions"));
    said.meter(
        row.textOrEmpty("object").contains("web_searches")
            ? new UnitMeter(Unit.REQUESTS, Flow.INPUT, UnitDetail.WEB_SEARCH)
            : unit(Unit.REQUESTS, Flow.INPUT),
        row.count("num_requests"));
    return List.of(said.build());
  }

  /** Costs: a bucket with one of its results. Whole units, the currency in small letters. */
  static List<ReportRow> costs(JsonNode entry) {
    Fields bucket = new Fields(entry);
    Fields row = bucket.result();
    Fields amount = row.in("amount");
    String item = row.textOrEmpty("line_item");
    int comma = item.indexOf(',');
    return List.of(
        ReportRow.of(
                bucket.day("start_time"),
                PROVIDER,
                // "gpt-5.4, input": the model, and a kind that its usage does not tell apart.
                comma < 0 ? item : item.substring(0, comma).strip(),
                row.first("api_key_id", "user_id", "project_id"))
            .cost(amount.cost("value", 0, amount.text("currency").orElse("usd")))
            .build());
  }

  private static UnitMeter unit(Unit unit, Flow flow) {
    return new UnitMeter(unit, flow);
  }

  private static BigInteger orZero(Optional<BigInteger> count) {
    return count.orElse(BigInteger.ZERO);
  }
}
