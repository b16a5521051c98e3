package dev.fourthpillar.usage.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fourthpillar.pricing.quantity.Flow;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.pricing.quantity.Unit;
import dev.fourthpillar.pricing.quantity.UnitDetail;
import dev.fourthpillar.pricing.quantity.UnitMeter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Anthropic's Admin API: usage of messages, costs, and Claude Code analytics. */
final class AnthropicRows {
  private static final String PROVIDER = "anthropic";
  private static final UnitMeter SEARCHES =
      new UnitMeter(Unit.REQUESTS, Flow.INPUT, UnitDetail.WEB_SEARCH);

  /** Its amounts are decimal texts in cents. */
  private static final int CENTS = 2;

  private AnthropicRows() {}

  /** Usage: a bucket with one of its results. */
  static List<ReportRow> usage(JsonNode entry) {
    Fields bucket = new Fields(entry);
    Fields row = bucket.result();
    Fields writes = row.in("cache_creation");
    return List.of(
        ReportRow.of(
                bucket.day("starting_at"),
                PROVIDER,
                row.textOrEmpty("model"),
                row.first("api_key_id", "account_id", "service_account_id", "workspace_id"))
            .meter(TokenMeter.INPUT, row.count("uncached_input_tokens"))
            .meter(TokenMeter.CACHE_READ, row.count("cache_read_input_tokens"))
            .meter(TokenMeter.CACHE_WRITE_5M, writes.count("ephemeral_5m_input_tokens"))
            .meter(TokenMeter.CACHE_WRITE_1H, writes.count("ephemeral_1h_input_tokens"))
            .meter(TokenMeter.OUTPUT, row.count("output_tokens"))
            .meter(SEARCHES, row.in("server_tool_use").count("web_search_requests"))
            .build());
  }

  /** Costs: a bucket with one of its results. */
  static List<ReportRow> cost(JsonNode entry) {
    Fields bucket = new Fields(entry);
    Fields row = bucket.result();
    return List.of(
        ReportRow.of(
                bucket.day("starting_at"),
                PROVIDER,
                row.textOrEmpty("model"),
                row.textOrEmpty("workspace_id"))
            .cost(row.cost("amount", CENTS, row.text("currency").orElse("USD")))
            .build());
  }

  /** What one person did on one day, model by model. */
  static List<ReportRow> claudeCode(JsonNode entry) {
    Fields row = new Fields(entry);
    LocalDate day = row.day("date");
    String key = row.in("actor").first("email_address", "api_key_name");
    List<ReportRow> rows = new ArrayList<>();
    for (JsonNode each : entry.path("model_breakdown")) {
      Fields model = new Fields(each);
      Fields tokens = model.in("tokens");
      Fields cost = model.in("estimated_cost");
      rows.add(
          ReportRow.of(day, PROVIDER, model.textOrEmpty("model"), key)
              .meter(TokenMeter.INPUT, tokens.count("input"))
              .meter(TokenMeter.OUTPUT, tokens.count("output"))
              .meter(TokenMeter.CACHE_READ, tokens.count("cache_read"))
              .meter(TokenMeter.CACHE_WRITE, tokens.count("cache_creation"))
              .cost(cost.cost("amount", CENTS, cost.text("currency").orElse("USD")))
              .build());
    }
    return rows;
  }
}
