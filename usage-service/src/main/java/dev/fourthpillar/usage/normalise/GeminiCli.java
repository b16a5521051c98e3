package dev.fourthpillar.usage.normalise;

import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Dimensions;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.GroupKey;
import dev.fourthpillar.usage.evidence.Providers;
import dev.fourthpillar.usage.evidence.UsageSignal;
import dev.fourthpillar.usage.telemetry.Attributes;
import dev.fourthpillar.usage.telemetry.IgnoreReason;
import dev.fourthpillar.usage.telemetry.Telemetry;
import dev.fourthpillar.usage.telemetry.Tool;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Gemini CLI. Counts the log {@code api_response}. The conventions' {@code operation.details}
 * repeats it without thoughts and cache, but with the response id; its metrics are cumulative and
 * repeat it too.
 */
final class GeminiCli {

  private GeminiCli() {}

  static Reading read(Telemetry record, Reception reception) {
    return switch (record) {
      case Telemetry.LogRecord log ->
          log.name().equals("api_response") ? response(log, reception) : details(log, reception);
      case Telemetry.Point point -> new Reading.Ignored(IgnoreReason.METRIC_REPEATS_LOG);
      case Telemetry.Span span -> new Reading.Ignored(IgnoreReason.SPAN_REPEATS_LOG);
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

  private static Reading details(Telemetry.LogRecord log, Reception reception) {
    Counts counts = new Counts(log);
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
    List<String> requestKey =
        log.attributes()
            .text("gen_ai.response.id")
            .map(RequestKey::ofRequest)
            .orElseGet(() -> RequestKey.ofNumbers(log, owner(log), counts));
    return call(log, UsageSignal.GEMINI_OPERATION_DETAILS_LOG, requestKey, reckoned, reception);
  }

  private static Reading call(
      Telemetry.LogRecord log,
      UsageSignal signal,
      List<String> requestKey,
      Reckoned reckoned,
      Reception reception) {
    Attributes attributes = log.attributes();
    Optional<String> model =
        attributes.firstText("model", "gen_ai.response.model", "gen_ai.request.model");
    String provider = provider(attributes, model);
    Optional<String> session = attributes.text("session.id");
    Optional<String> installation = attributes.text("installation.id");
    Optional<String> role = attributes.text("role");
    return Assembly.assemble(
        log,
        reception,
        new Call(
            signal,
            requestKey,
            GroupKey.of(Tool.GEMINI_CLI, session.or(() -> installation).orElse("")),
            attributes
                .text("gen_ai.response.id")
                .map(id -> Set.of(new Alias(provider, id)))
                .orElse(Set.of()),
            provider,
            model,
            reckoned,
            Optional.empty(),
            Optional.empty(),
            Claims.of(log, reception, log.textAnywhere("user.id"), installation),
            new Dimensions(
                session,
                attributes.text("prompt_id"),
                role,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                role.filter(name -> name.contains("subagent")).isPresent(),
                Tags.project(log),
                Optional.empty(),
                // service.version is that of the runtime here, not the tool's.
                attributes.text("app.version"),
                Tags.of(log)),
            session.or(() -> installation).isPresent() ? Set.of() : Set.of(EvidenceFlag.WEAK_KEY)));
  }

  private static List<String> owner(Telemetry.LogRecord log) {
    Attributes attributes = log.attributes();
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
