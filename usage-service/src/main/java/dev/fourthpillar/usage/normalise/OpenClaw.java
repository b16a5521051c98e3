package dev.fourthpillar.usage.normalise;

import dev.fourthpillar.usage.evidence.Dimensions;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.GroupKey;
import dev.fourthpillar.usage.evidence.PointKind;
import dev.fourthpillar.usage.evidence.Providers;
import dev.fourthpillar.usage.evidence.UsageSignal;
import dev.fourthpillar.usage.kinds.ExclusiveKinds;
import dev.fourthpillar.usage.kinds.Reckoned;
import dev.fourthpillar.usage.telemetry.Attributes;
import dev.fourthpillar.usage.telemetry.IgnoreReason;
import dev.fourthpillar.usage.telemetry.Telemetry;
import dev.fourthpillar.usage.telemetry.Tool;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * OpenClaw. Counts the metric {@code tokens}, of its overlapping kinds the four that do not; its
 * spans are sampled, and its logs say nothing. The conventions' metric has another meaning of input
 * here than its spans.
 */
final class OpenClaw {

  private static final Map<String, PointKind> KINDS =
      Map.of(
          "input", PointKind.INPUT,
          "output", PointKind.OUTPUT,
          "cache_read", PointKind.CACHE_READ,
          "cache_write", PointKind.CACHE_WRITE,
          "total", PointKind.TOTAL);

  private OpenClaw() {}

  static Reading read(Telemetry record, Reception reception) {
    return switch (record) {
      case Telemetry.LogRecord log -> new Reading.Ignored(IgnoreReason.NOT_USAGE);
      case Telemetry.Point point -> point(point, reception);
      case Telemetry.Span span -> span(span, reception);
    };
  }

  private static Reading point(Telemetry.Point point, Reception reception) {
    Attributes attributes = point.attributes();
    Optional<PointKind> kind = attributes.text("openclaw.token").map(KINDS::get);
    if (kind.isEmpty()) {
      // How large a context is, or may be, was not consumed.
      return new Reading.Ignored(
          point.name().endsWith("context.tokens")
              ? IgnoreReason.NOT_USAGE
              : IgnoreReason.METRIC_REPEATS_LOG);
    }
    Optional<String> model = model(attributes);
    return Assembly.assemble(
        point,
        reception,
        new Windowed(
            UsageSignal.OPENCLAW_TOKEN_METRIC,
            kind.get(),
            group(point, reception),
            provider(attributes, model),
            model,
            Optional.empty(),
            Claims.of(point, reception, point.textAnywhere("user.id"), Optional.empty()),
            dimensions(point),
            flags(point, reception)));
  }

  private static Reading span(Telemetry.Span span, Reception reception) {
    Counts counts = new Counts(span);
    Reckoned reckoned =
        ExclusiveKinds.reckon(
            counts.read("openclaw.tokens.input"),
            counts.read("openclaw.tokens.output"),
            counts.read("openclaw.tokens.cache_read"),
            counts.read("openclaw.tokens.cache_write"),
            counts.read("openclaw.tokens.total"));
    if (counts.problem().isPresent()) {
      return counts.problem().get();
    }
    if (reckoned.known().isEmpty()) {
      return new Reading.Ignored(IgnoreReason.WITHOUT_NUMBERS);
    }
    Optional<String> model = model(span.attributes());
    return Assembly.assemble(
        span,
        reception,
        new Call(
            UsageSignal.OPENCLAW_MODEL_USAGE_SPAN,
            RequestKey.ofSpan(span),
            group(span, reception),
            Set.of(),
            provider(span.attributes(), model),
            model,
            reckoned,
            Optional.empty(),
            Optional.empty(),
            Claims.of(span, reception, span.textAnywhere("user.id"), Optional.empty()),
            dimensions(span),
            flags(span, reception)));
  }

  private static Optional<String> model(Attributes attributes) {
    return attributes.firstText("openclaw.model", "gen_ai.response.model", "gen_ai.request.model");
  }

  private static String provider(Attributes attributes, Optional<String> model) {
    return attributes
        .firstText("openclaw.provider", "gen_ai.provider.name", "gen_ai.system")
        .map(Providers::canonical)
        .or(() -> model.flatMap(Providers::ofModel))
        .orElse("");
  }

  /** Its metrics name no session: what they share with its spans is the sender or the machine. */
  private static GroupKey group(Telemetry record, Reception reception) {
    return GroupKey.of(
        Tool.OPENCLAW, reception.credential().or(() -> record.textAnywhere("host.id")).orElse(""));
  }

  private static Set<EvidenceFlag> flags(Telemetry record, Reception reception) {
    return group(record, reception).value().isEmpty() ? Set.of(EvidenceFlag.WEAK_KEY) : Set.of();
  }

  private static Dimensions dimensions(Telemetry record) {
    return new Dimensions(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        record.attributes().text("openclaw.agent"),
        Optional.empty(),
        Optional.empty(),
        false,
        Tags.project(record),
        Optional.empty(),
        record.resource().text("service.version"),
        Tags.of(record));
  }
}
