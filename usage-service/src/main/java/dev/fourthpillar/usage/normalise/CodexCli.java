package dev.fourthpillar.usage.normalise;

import dev.fourthpillar.usage.evidence.Dimensions;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.GroupKey;
import dev.fourthpillar.usage.evidence.PointKind;
import dev.fourthpillar.usage.evidence.Providers;
import dev.fourthpillar.usage.evidence.UsageSignal;
import dev.fourthpillar.usage.kinds.InclusiveKinds;
import dev.fourthpillar.usage.kinds.Reckoned;
import dev.fourthpillar.usage.telemetry.Attributes;
import dev.fourthpillar.usage.telemetry.Count;
import dev.fourthpillar.usage.telemetry.IgnoreReason;
import dev.fourthpillar.usage.telemetry.Telemetry;
import dev.fourthpillar.usage.telemetry.Tool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Codex CLI. Counts the log {@code sse_event} of kind {@code response.completed} that has numbers;
 * another one of the same kind without any precedes it. {@code tool_token_count} is the total,
 * whatever its name says. Its logs carry no id of request or response.
 */
final class CodexCli {

  private static final Map<String, PointKind> KINDS =
      Map.of(
          "input", PointKind.INPUT,
          "cached_input", PointKind.CACHE_READ,
          "cache_write_input", PointKind.CACHE_WRITE,
          "output", PointKind.OUTPUT,
          "reasoning_output", PointKind.REASONING,
          "total", PointKind.TOTAL);

  private CodexCli() {}

  static Reading read(Telemetry record, Reception reception) {
    return switch (record) {
      case Telemetry.LogRecord log -> log(log, reception);
      case Telemetry.Point point -> point(point, reception);
      case Telemetry.Span span -> span(span, reception);
    };
  }

  private static Reading point(Telemetry.Point point, Reception reception) {
    Optional<PointKind> kind = point.attributes().text("token_type").map(KINDS::get);
    if (kind.isEmpty()) {
      return new Reading.Ignored(IgnoreReason.METRIC_REPEATS_LOG);
    }
    Optional<String> model = point.attributes().text("model");
    return Assembly.assemble(
        point,
        reception,
        new Windowed(
            UsageSignal.CODEX_TURN_TOKEN_METRIC,
            kind.get(),
            group(point, reception),
            provider(model),
            model,
            Optional.empty(),
            Claims.of(point, reception, point.textAnywhere("user.id"), Optional.empty()),
            dimensions(point),
            Set.of()));
  }

  private static Reading log(Telemetry.LogRecord log, Reception reception) {
    if (log.attributes().count("input_token_count") instanceof Count.Absent) {
      return new Reading.Ignored(IgnoreReason.WITHOUT_NUMBERS);
    }
    Counts counts = new Counts(log);
    Reckoned reckoned =
        InclusiveKinds.reckon(
            counts.read("input_token_count"),
            counts.read("output_token_count"),
            counts.read("cached_token_count"),
            counts.read("cache_write_token_count"),
            counts.read("reasoning_token_count"),
            counts.read("tool_token_count"));
    if (counts.problem().isPresent()) {
      return counts.problem().get();
    }
    Optional<String> conversation = log.attributes().text("conversation.id");
    return call(
        log,
        UsageSignal.CODEX_RESPONSE_COMPLETED_LOG,
        RequestKey.ofNumbers(log, List.of(conversation.orElse("")), counts),
        conversation.isPresent() ? Set.of() : Set.of(EvidenceFlag.WEAK_KEY),
        reckoned,
        reception);
  }

  private static Reading span(Telemetry.Span span, Reception reception) {
    if (!span.name().equals("handle_responses")) {
      return new Reading.Ignored(IgnoreReason.SPAN_REPEATS_LOG);
    }
    Counts counts = new Counts(span);
    Reckoned reckoned =
        InclusiveKinds.reckon(
            counts.read("gen_ai.usage.input_tokens"),
            counts.read("gen_ai.usage.output_tokens"),
            counts.read("gen_ai.usage.cache_read.input_tokens"),
            counts.read("gen_ai.usage.cache_write.input_tokens"),
            counts.read("codex.usage.reasoning_output_tokens"),
            counts.read("codex.usage.total_tokens"));
    if (counts.problem().isPresent()) {
      return counts.problem().get();
    }
    if (reckoned.known().isEmpty()) {
      return new Reading.Ignored(IgnoreReason.WITHOUT_NUMBERS);
    }
    return call(
        span,
        UsageSignal.CODEX_HANDLE_RESPONSES_SPAN,
        RequestKey.ofSpan(span),
        Set.of(),
        reckoned,
        reception);
  }

  private static Reading call(
      Telemetry record,
      UsageSignal signal,
      List<String> requestKey,
      Set<EvidenceFlag> flags,
      Reckoned reckoned,
      Reception reception) {
    Attributes attributes = record.attributes();
    Optional<String> model =
        attributes.firstText("model", "gen_ai.response.model", "gen_ai.request.model");
    return Assembly.assemble(
        record,
        reception,
        new Call(
            signal,
            requestKey,
            group(record, reception),
            Set.of(),
            provider(model),
            model,
            reckoned,
            Optional.empty(),
            Optional.empty(),
            Claims.of(record, reception, record.textAnywhere("user.id"), Optional.empty()),
            dimensions(record),
            flags));
  }

  private static String provider(Optional<String> model) {
    return model.flatMap(Providers::ofModel).orElse(Providers.OPENAI);
  }

  private static Dimensions dimensions(Telemetry record) {
    Attributes attributes = record.attributes();
    return new Dimensions(
        attributes.firstText("conversation.id", "gen_ai.conversation.id"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Tags.project(record),
        Optional.empty(),
        attributes.text("app.version").or(() -> record.resource().text("service.version")),
        Tags.of(record));
  }

  /**
   * Only logs carry the conversation, so what logs, metrics and spans share is the sender or the
   * user.
   */
  private static GroupKey group(Telemetry record, Reception reception) {
    return GroupKey.of(
        Tool.CODEX_CLI,
        reception.credential().or(() -> record.textAnywhere("enduser.id")).orElse(""));
  }
}
