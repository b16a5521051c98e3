package dev.fourthpillar.usage.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** LiteLLM's spend logs, and our own rows. */
final class OwnRows {
  private OwnRows() {}

  /** One call at the gateway. What its own cache answered was no call at the provider. */
  static List<ReportRow> spendLog(JsonNode entry) {
    Fields log = new Fields(entry);
    if (log.textOrEmpty("cache_hit").equalsIgnoreCase("true")) {
      return List.of();
    }
    Fields usage = log.in("metadata").in("usage_object");
    Fields details = usage.in("prompt_tokens_details");
    Optional<BigInteger> cached =
        details.count("cached_tokens").or(() -> usage.count("cache_read_input_tokens"));
    Optional<BigInteger> written = usage.count("cache_creation_input_tokens");
    String model = log.textOrEmpty("model");
    String provider = log.textOrEmpty("custom_llm_provider");
    int slash = model.indexOf('/');
    return List.of(
        ReportRow.of(
                log.day("startTime", "start_time"),
                provider.isEmpty() && slash > 0 ? model.substring(0, slash) : provider,
                model.substring(slash + 1),
                log.first("user", "api_key", "end_user"))
            .meter(
                TokenMeter.INPUT,
                log.count("prompt_tokens")
                    .map(
                        all ->
                            all.subtract(cached.orElse(BigInteger.ZERO))
                                .subtract(written.orElse(BigInteger.ZERO))))
            .meter(TokenMeter.CACHE_READ, cached)
            .meter(TokenMeter.CACHE_WRITE, written)
            .meter(TokenMeter.OUTPUT, log.count("completion_tokens"))
            .cost(log.cost("spend", 0, "USD"))
            .build());
  }

  /** {@code day, provider, model, key, meter, quantity, amount, currency}. */
  static List<ReportRow> own(JsonNode entry) {
    Fields row = new Fields(entry);
    ReportRow.Builder said =
        ReportRow.of(
            row.day("day"),
            row.text("provider")
                .orElseThrow(() -> new RowException("provider", "a provider", "nothing")),
            row.textOrEmpty("model"),
            row.textOrEmpty("key"));
    row.text("meter").ifPresent(meter -> said.meter(meter(meter), row.count("quantity")));
    return List.of(said.cost(row.cost("amount", 0, row.text("currency").orElse("USD"))).build());
  }

  private static Meter meter(String code) {
    try {
      return Meter.parse(code);
    } catch (IllegalArgumentException _) {
      throw new RowException("meter", "one of the vocabulary", code);
    }
  }
}
