package dev.fourthpillar.usage;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.unit.Unit;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Token numbers in the buckets of the captures' truth files, which know no "unknown". */
public record Tokens(
    long requests,
    long input,
    long cacheRead,
    long cacheWrite5m,
    long cacheWrite1h,
    long cacheWriteUnlabelled,
    long output,
    long reasoning) {

  static final Tokens NONE = new Tokens(0, 0, 0, 0, 0, 0, 0, 0);

  public static Tokens of(Quantities quantities) {
    return new Tokens(
        1,
        quantities.count(TokenMeter.INPUT),
        quantities.count(TokenMeter.CACHE_READ),
        quantities.count(TokenMeter.CACHE_WRITE_5M),
        quantities.count(TokenMeter.CACHE_WRITE_1H),
        quantities.count(TokenMeter.CACHE_WRITE),
        quantities.count(TokenMeter.OUTPUT),
        quantities.count(TokenMeter.REASONING));
  }

  public static Map<String, Tokens> byModel(Collection<Unit> units) {
    Map<String, Tokens> totals = new TreeMap<>();
    for (Unit unit : units) {
      totals.merge(
          unit.pricing().model().orElse(""),
          Tokens.of(unit.pricing(), unit.quantities()),
          Tokens::plus);
    }
    return totals;
  }

  /** A window is any number of requests: none are counted. */
  public static Tokens of(Evidence report, Quantities quantities) {
    Tokens tokens = of(quantities);
    return report.point().isPresent() ? tokens.withoutRequests() : tokens;
  }

  public Tokens withoutRequests() {
    return new Tokens(
        0, input, cacheRead, cacheWrite5m, cacheWrite1h, cacheWriteUnlabelled, output, reasoning);
  }

  /** As metrics and some spans have it: how long what was written lives is not said. */
  public Tokens withoutLives() {
    return new Tokens(
        requests,
        input,
        cacheRead,
        0,
        0,
        cacheWrite5m + cacheWrite1h + cacheWriteUnlabelled,
        output,
        reasoning);
  }

  public Tokens withoutReasoning() {
    return new Tokens(
        requests, input, cacheRead, cacheWrite5m, cacheWrite1h, cacheWriteUnlabelled, output, 0);
  }

  /** The truth, less what the run's counted signal does not say. */
  Tokens asToldBy(String folder) {
    return switch (folder) {
      case "aisdk-default" -> withoutLives().withoutReasoning();
      case Captures.WINDOWS -> withoutLives().withoutRequests();
      default -> this;
    };
  }

  /** The truth about a recorded run. */
  public static Map<String, Tokens> truth(String folder) {
    return expectedByModel(Captures.expected(folder));
  }

  /** The truth about a recorded run, less what its counted signal does not say. */
  public static Map<String, Tokens> expectedByModel(String folder) {
    Map<String, Tokens> told = new TreeMap<>();
    expectedByModel(Captures.expected(folder))
        .forEach((model, tokens) -> told.put(model, tokens.asToldBy(folder)));
    return told;
  }

  /**
   * The truth by model, without the provider's name before it; the labels summed from the requests.
   */
  private static Map<String, Tokens> expectedByModel(Struct expected) {
    Map<String, Tokens> totals = new TreeMap<>();
    for (Value request : expected.getFieldsOrThrow("requests").getListValue().getValuesList()) {
      Struct fields = request.getStructValue();
      long labelled5m = number(fields, "cacheWrite5m");
      long labelled1h = number(fields, "cacheWrite1h");
      totals.merge(
          fields.getFieldsOrThrow("model").getStringValue(),
          new Tokens(
              1,
              number(fields, "input"),
              number(fields, "cacheRead"),
              labelled5m,
              labelled1h,
              number(fields, "cacheWrite") - labelled5m - labelled1h,
              number(fields, "output"),
              number(fields, "reasoning")),
          Tokens::plus);
    }
    return totals;
  }

  /**
   * The provider's own usage object, taken apart here a second time and on purpose without the code
   * under test.
   */
  static Tokens ofLedger(Struct answer) {
    Struct usage = answer.getFieldsOrThrow("usage").getStructValue();
    String provider = answer.getFieldsOrThrow("provider").getStringValue();
    return switch (provider) {
      case "anthropic" -> {
        Struct writes = struct(usage, "cache_creation");
        yield new Tokens(
            1,
            number(usage, "input_tokens"),
            number(usage, "cache_read_input_tokens"),
            number(writes, "ephemeral_5m_input_tokens"),
            number(writes, "ephemeral_1h_input_tokens"),
            0,
            number(usage, "output_tokens"),
            0);
      }
      case "openai" -> {
        long cached = number(struct(usage, "input_tokens_details"), "cached_tokens");
        yield new Tokens(
            1,
            number(usage, "input_tokens") - cached,
            cached,
            0,
            0,
            0,
            number(usage, "output_tokens"),
            number(struct(usage, "output_tokens_details"), "reasoning_tokens"));
      }
      case "gemini" -> {
        long cached = number(usage, "cachedContentTokenCount");
        long thoughts = number(usage, "thoughtsTokenCount");
        yield new Tokens(
            1,
            number(usage, "promptTokenCount") - cached,
            cached,
            0,
            0,
            0,
            number(usage, "candidatesTokenCount") + thoughts,
            thoughts);
      }
      default -> throw new IllegalArgumentException("provider: " + provider);
    };
  }

  public Tokens plus(Tokens other) {
    return new Tokens(
        requests + other.requests,
        input + other.input,
        cacheRead + other.cacheRead,
        cacheWrite5m + other.cacheWrite5m,
        cacheWrite1h + other.cacheWrite1h,
        cacheWriteUnlabelled + other.cacheWriteUnlabelled,
        output + other.output,
        reasoning + other.reasoning);
  }

  private static Struct struct(Struct fields, String name) {
    return fields.getFieldsOrDefault(name, Value.getDefaultInstance()).getStructValue();
  }

  private static long number(Struct fields, String name) {
    return Math.round(fields.getFieldsOrDefault(name, Value.getDefaultInstance()).getNumberValue());
  }
}
