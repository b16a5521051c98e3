package dev.fourthpillar.usage.normalise;

import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Dimensions;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.GroupKey;
import dev.fourthpillar.usage.evidence.IdentityClaim;
import dev.fourthpillar.usage.evidence.PointKind;
import dev.fourthpillar.usage.evidence.Providers;
import dev.fourthpillar.usage.evidence.UsageSignal;
import dev.fourthpillar.usage.kinds.GeminiKinds;
import dev.fourthpillar.usage.kinds.InclusiveKinds;
import dev.fourthpillar.usage.kinds.Reckoned;
import dev.fourthpillar.usage.telemetry.Attributes;
import dev.fourthpillar.usage.telemetry.IgnoreReason;
import dev.fourthpillar.usage.telemetry.Telemetry;
import dev.fourthpillar.usage.telemetry.Tool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Gemini CLI. Counts the log {@code api_response}. The conventions' {@code operation.details}
 * repeats it without thoughts and cache, but with the response id, and so does the span {@code
 * llm_call}; of its metrics {@code token.usage} has the whole, and the conventions' a part.
 */
final class GeminiCli {

  private static final Map<String, PointKind> KINDS =
      Map.of(
          "input", PointKind.INPUT,
          "output", PointKind.OUTPUT,
          "cache", PointKind.CACHE_READ,
          "thought", PointKind.REASONING,
          "tool", PointKind.TOOL);

  private GeminiCli() {}

  static Reading read(Telemetry record, Reception reception) {
    return switch (record) {
      case Telemetry.LogRecord log ->
          log.name().equals("api_response")
              ? response(log, reception)
              : conventions(log, UsageSignal.GEMINI_OPERATION_DETAILS_LOG, reception);
      case Telemetry.Point point -> point(point, reception);
      case Telemetry.Span span -> conventions(span, UsageSignal.GEMINI_LLM_CALL_SPAN, reception);
    };
  }

  private static Reading response(Telemetry.LogRecord log, Reception reception) {
    Counts counts = new Counts(log);
    Reckoned reckoned =
        GeminiKinds.reckon(
            counts.read("input_token_count"),
            counts.read("cached_content_token_count"),
            counts.read("tool_token_count"),
            counts.read("output_token_count"),
            counts.read("thoughts_token_count"),
            counts.read("total_token_count"));
    if (counts.problem().isPresent()) {
      return counts.problem().get();
    }
    return call(
        log,
        UsageSignal.GEMINI_API_RESPONSE_LOG,
        RequestKey.ofNumbers(log, owner(log), counts),
        reckoned,
        reception);
  }

  private static Reading point(Telemetry.Point point, Reception reception) {
    Optional<PointKind> kind =
        point.name().equals("token.usage")
            ? point.attributes().text("type").map(KINDS::get)
            : Optional.empty();
    if (kind.isEmpty()) {
      return new Reading.Ignored(IgnoreReason.METRIC_REPEATS_LOG);
    }
    Optional<String> model = point.attributes().text("model");
    return Assembly.assemble(
        point,
        reception,
        new Windowed(
            UsageSignal.GEMINI_TOKEN_METRIC,
            kind.get(),
            group(point),
            provider(point.attributes(), model),
            model,
            Optional.empty(),
            claims(point, reception),
            dimensions(point),
            flags(point)));
  }

  /** Says the call by the conventions' names, which lose thoughts and cache here. */
  private static Reading conventions(Telemetry record, UsageSignal signal, Reception reception) {
    Counts counts = new Counts(record);
    Reckoned reckoned =
        InclusiveKinds.reckon(
            counts.read("gen_ai.usage.input_tokens"),
            counts.read("gen_ai.usage.output_tokens"),
            counts.read("gen_ai.usage.cache_read.input_tokens"),
            OptionalLong.empty(),
            counts.read("gen_ai.usage.reasoning.output_tokens"),
            OptionalLong.empty());
    if (counts.problem().isPresent()) {
      return counts.problem().get();
    }
    if (reckoned.known().isEmpty()) {
      // The same event announces the request before it is made.
      return new Reading.Ignored(IgnoreReason.WITHOUT_NUMBERS);
    }
    return call(record, signal, requestKey(record, counts), reckoned, reception);
  }

  private static List<String> requestKey(Telemetry record, Counts counts) {
    Optional<String> response = record.attributes().text("gen_ai.response.id");
    if (response.isPresent()) {
      return RequestKey.ofRequest(response.get());
    }
    return record instanceof Telemetry.Span span
        ? RequestKey.ofSpan(span)
        : RequestKey.ofNumbers(record, owner(record), counts);
  }

  private static Reading call(
      Telemetry record,
      UsageSignal signal,
      List<String> requestKey,
      Reckoned reckoned,
      Reception reception) {
    Attributes attributes = record.attributes();
    Optional<String> model =
        attributes.firstText("model", "gen_ai.response.model", "gen_ai.request.model");
    String provider = provider(attributes, model);
    return Assembly.assemble(
        record,
        reception,
        new Call(
            signal,
            requestKey,
            group(record),
            attributes
                .text("gen_ai.response.id")
                .map(id -> Set.of(new Alias(provider, id)))
                .orElse(Set.of()),
            provider,
            model,
            reckoned,
            Optional.empty(),
            Optional.empty(),
            claims(record, reception),
            dimensions(record),
            flags(record)));
  }

  private static Optional<String> session(Telemetry record) {
    return record.attributes().firstText("session.id", "gen_ai.conversation.id");
  }

  private static Optional<String> installation(Telemetry record) {
    return record.attributes().text("installation.id");
  }

  private static GroupKey group(Telemetry record) {
    return GroupKey.of(Tool.GEMINI_CLI, session(record).or(() -> installation(record)).orElse(""));
  }

  private static List<IdentityClaim> claims(Telemetry record, Reception reception) {
    return Claims.of(record, reception, record.textAnywhere("user.id"), installation(record));
  }

  private static Set<EvidenceFlag> flags(Telemetry record) {
    return session(record).or(() -> installation(record)).isPresent()
        ? Set.of()
        : Set.of(EvidenceFlag.WEAK_KEY);
  }

  private static Dimensions dimensions(Telemetry record) {
    Attributes attributes = record.attributes();
    Optional<String> role = attributes.text("role");
    return new Dimensions(
        session(record),
        attributes.text("prompt_id"),
        role,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        role.filter(name -> name.contains("subagent")).isPresent(),
        Tags.project(record),
        Optional.empty(),
        // service.version is that of the runtime here, not the tool's.
        attributes.text("app.version"),
        Tags.of(record));
  }

  private static List<String> owner(Telemetry record) {
    Attributes attributes = record.attributes();
    return List.of(
        attributes.firstText("session.id", "installation.id").orElse(""),
        attributes.text("prompt_id").orElse(""));
  }

  /**
   * The conventions' name on this tool's records is the library's, {@code gcp.gen_ai}, whoever
   * serves the model.
   */
  private static String provider(Attributes attributes, Optional<String> model) {
    if (attributes.text("auth_type").filter(type -> type.contains("vertex")).isPresent()) {
      return Providers.VERTEX_AI;
    }
    return model.flatMap(Providers::ofModel).orElse(Providers.GEMINI);
  }
}
