package dev.fourthpillar.usage.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fourthpillar.pricing.quantity.Flow;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.pricing.quantity.Unit;
import dev.fourthpillar.pricing.quantity.UnitMeter;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Providers without usage reports: their answers, one by one, and DeepL's sums. */
final class AnswerRows {
  private AnswerRows() {}

  /** Candidates do not include thoughts, the prompt includes what is cached. */
  static List<ReportRow> gemini(JsonNode entry) {
    Fields answer = new Fields(entry);
    Fields usage = answer.in("usageMetadata");
    Optional<BigInteger> cached = usage.count("cachedContentTokenCount");
    Optional<BigInteger> thoughts = usage.count("thoughtsTokenCount");
    return List.of(
        ReportRow.of(
                answer.day("createTime"),
                "gemini",
                answer.textOrEmpty("modelVersion"),
                answer.first("apiKey", "key"))
            .meter(
                TokenMeter.INPUT,
                usage
                    .count("promptTokenCount")
                    .map(all -> all.subtract(orZero(cached)))
                    .map(all -> all.add(orZero(usage.count("toolUsePromptTokenCount")))))
            .meter(TokenMeter.CACHE_READ, cached)
            .meter(
                TokenMeter.OUTPUT,
                usage
                    .count("candidatesTokenCount")
                    .or(() -> thoughts.map(_ -> BigInteger.ZERO))
                    .map(all -> all.add(orZero(thoughts))))
            .build());
  }

  static List<ReportRow> mistral(JsonNode entry) {
    Fields answer = new Fields(entry);
    Fields usage = answer.in("usage");
    Optional<BigInteger> cached =
        usage
            .count("num_cached_tokens")
            .or(() -> usage.in("prompt_tokens_details").count("cached_tokens"));
    return List.of(
        ReportRow.of(
                answer.day("created", "created_at"),
                "mistral",
                answer.textOrEmpty("model"),
                answer.first("api_key", "key"))
            .meter(
                TokenMeter.INPUT,
                usage.count("prompt_tokens").map(all -> all.subtract(orZero(cached))))
            .meter(TokenMeter.CACHE_READ, cached)
            .meter(TokenMeter.OUTPUT, usage.count("completion_tokens"))
            .meter(new UnitMeter(Unit.SECONDS, Flow.INPUT), usage.count("prompt_audio_seconds"))
            .meter(
                new UnitMeter(Unit.PAGES, Flow.INPUT),
                answer.in("usage_info").count("pages_processed"))
            .build());
  }

  static List<ReportRow> alephAlpha(JsonNode entry) {
    Fields answer = new Fields(entry);
    return List.of(
        ReportRow.of(
                answer.day("created", "created_at"),
                "aleph_alpha",
                answer.first("model_version", "model"),
                answer.first("api_key", "key"))
            .meter(TokenMeter.INPUT, answer.count("num_tokens_prompt_total"))
            .meter(TokenMeter.OUTPUT, answer.count("num_tokens_generated"))
            .build());
  }

  /** Characters of a span of time: of one key, or of the subscription. */
  static List<ReportRow> deepL(JsonNode entry) {
    Fields usage = new Fields(entry);
    LocalDate first = usage.day("start_time", "usage_date");
    // The end is not included: one that is midnight belongs to the day before.
    LocalDate end = usage.text("end_time").isEmpty() ? first : usage.day("end_time");
    LocalDate last =
        usage.text("end_time").filter(time -> time.contains("T00:00:00")).isPresent()
                && end.isAfter(first)
            ? end.minusDays(1)
            : end;
    String key = usage.first("api_key_id", "api_key", "key");
    Optional<BigInteger> ofKey = usage.count("api_key_character_count");
    return List.of(
        ReportRow.of(new ReportRow.Key(first, last, "deepl", "", key))
            .meter(
                new UnitMeter(Unit.CHARACTERS, Flow.INPUT),
                key.isEmpty()
                    ? usage.count("character_count")
                    : ofKey.or(() -> usage.count("character_count")))
            .build());
  }

  private static BigInteger orZero(Optional<BigInteger> count) {
    return count.orElse(BigInteger.ZERO);
  }
}
