package dev.fourthpillar.usage.normalise;

import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.ClaimedCost;
import dev.fourthpillar.usage.evidence.Dimensions;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.GroupKey;
import dev.fourthpillar.usage.evidence.PointKind;
import dev.fourthpillar.usage.evidence.Providers;
import dev.fourthpillar.usage.evidence.SpanLink;
import dev.fourthpillar.usage.evidence.UsageSignal;
import dev.fourthpillar.usage.kinds.InclusiveKinds;
import dev.fourthpillar.usage.kinds.Reckoned;
import dev.fourthpillar.usage.telemetry.Attributes;
import dev.fourthpillar.usage.telemetry.IgnoreReason;
import dev.fourthpillar.usage.telemetry.Operations;
import dev.fourthpillar.usage.telemetry.Telemetry;
import dev.fourthpillar.usage.telemetry.Tool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything that follows OpenTelemetry's conventions for generative AI, in their old and their new
 * names: GitHub Copilot, Vercel's AI SDK, Anthropic's SDK and platform, LiteLLM, and tools nobody
 * here knows. Counts the span of one call. The event about one call, and of Copilot the metrics,
 * stand in where there are no spans; spans around calls are repeats.
 */
final class Conventions {

  private static final Map<String, PointKind> COUNTERS =
      Map.of(
          "gen_ai.client.inference.usage.input_tokens", PointKind.INPUT,
          "gen_ai.client.inference.usage.output_tokens", PointKind.OUTPUT,
          "gen_ai.client.inference.usage.cache_read.input_tokens", PointKind.CACHE_READ,
          "gen_ai.client.inference.usage.cache_write.input_tokens", PointKind.CACHE_WRITE,
          "gen_ai.client.inference.usage.cache_creation.input_tokens", PointKind.CACHE_WRITE,
          "gen_ai.client.inference.usage.reasoning.output_tokens", PointKind.REASONING);

  private static final Map<String, PointKind> TOKEN_TYPES =
      Map.of("input", PointKind.INPUT, "output", PointKind.OUTPUT);

  private static final String LITELLM_CALL = "litellm.call_id";

  private Conventions() {}

  static Reading read(Telemetry record, Reception reception) {
    return switch (record) {
      case Telemetry.LogRecord log ->
          log.name().equals("agent.turn")
              ? new Reading.Ignored(IgnoreReason.LOG_REPEATS_LOG)
              : call(log, UsageSignal.INFERENCE_DETAILS_LOG, Optional.empty(), reception);
      case Telemetry.Point point -> point(point, reception);
      case Telemetry.Span span ->
          call(span, UsageSignal.INFERENCE_SPAN, Optional.of(span), reception);
    };
  }

  private static Reading call(
      Telemetry record, UsageSignal signal, Optional<Telemetry.Span> span, Reception reception) {
    Counts counts = new Counts(record);
    Reckoned reckoned =
        InclusiveKinds.reckon(
            counts.first("gen_ai.usage.input_tokens", "ai.usage.inputTokens"),
            counts.first("gen_ai.usage.output_tokens", "ai.usage.outputTokens"),
            counts.first(
                "gen_ai.usage.cache_read.input_tokens",
                "ai.usage.inputTokenDetails.cacheReadTokens",
                "ai.usage.cachedInputTokens"),
            counts.first(
                "gen_ai.usage.cache_write.input_tokens",
                "gen_ai.usage.cache_creation.input_tokens",
                "ai.usage.inputTokenDetails.cacheWriteTokens"),
            counts.read("anthropic.usage.cache_creation.ephemeral_5m_input_tokens"),
            counts.read("anthropic.usage.cache_creation.ephemeral_1h_input_tokens"),
            counts.first(
                "gen_ai.usage.reasoning.output_tokens",
                "gen_ai.usage.reasoning_tokens",
                "ai.usage.outputTokenDetails.reasoningTokens",
                "ai.usage.reasoningTokens"),
            counts.read("ai.usage.totalTokens"));
    if (counts.problem().isPresent()) {
      return counts.problem().get();
    }
    if (reckoned.known().isEmpty()) {
      // A call that failed has a span too, and the event announces some before they are made.
      return new Reading.Ignored(IgnoreReason.WITHOUT_NUMBERS);
    }
    Attributes attributes = record.attributes();
    Optional<String> model = model(attributes);
    String provider = provider(record.tool(), attributes, model);
    return Assembly.assemble(
        record,
        reception,
        new Call(
            signal,
            requestKey(record, span, counts),
            group(record, reception),
            aliases(attributes, provider),
            provider,
            model,
            reckoned,
            attributes.firstText(
                "anthropic.response.service_tier",
                "openai.response.service_tier",
                "gen_ai.openai.response.service_tier"),
            attributes.decimal("litellm.cost.total").flatMap(ClaimedCost::ofDollars),
            Claims.of(record, reception, record.textAnywhere("user.id"), Optional.empty()),
            dimensions(record, span),
            flags(record, reception),
            span.filter(_ -> mayStandAround(record.tool())).map(Conventions::link)));
  }

  private static Reading point(Telemetry.Point point, Reception reception) {
    Attributes attributes = point.attributes();
    Optional<PointKind> counter = Optional.ofNullable(COUNTERS.get(point.name()));
    Optional<PointKind> kind =
        counter.or(
            () ->
                point.name().equals("gen_ai.client.token.usage")
                    ? attributes.text("gen_ai.token.type").map(TOKEN_TYPES::get)
                    : Optional.empty());
    boolean aroundCalls =
        attributes.text(Operations.ATTRIBUTE).filter(Operations::isAround).isPresent();
    if (kind.isEmpty() || aroundCalls || !countsMetrics(point.tool())) {
      return new Reading.Ignored(IgnoreReason.METRIC_REPEATS_LOG);
    }
    Optional<String> model = model(attributes);
    return Assembly.assemble(
        point,
        reception,
        new Windowed(
            counter.isPresent()
                ? UsageSignal.INFERENCE_USAGE_METRIC
                : UsageSignal.TOKEN_USAGE_METRIC,
            kind.get(),
            group(point, reception),
            provider(point.tool(), attributes, model),
            model,
            Optional.empty(),
            Claims.of(point, reception, point.textAnywhere("user.id"), Optional.empty()),
            dimensions(point, Optional.empty()),
            flags(point, reception)));
  }

  /** Of the others nobody has seen metrics that can be weighed against their spans. */
  private static boolean countsMetrics(Tool tool) {
    return tool == Tool.COPILOT_CLI || tool == Tool.COPILOT_CHAT;
  }

  /** Of the others it is known which spans stand around calls. */
  private static boolean mayStandAround(Tool tool) {
    return tool == Tool.LITELLM || tool == Tool.OTHER;
  }

  private static SpanLink link(Telemetry.Span span) {
    return SpanLink.of(
        span.traceId(),
        span.spanId(),
        Optional.of(span.parentId()).filter(parent -> !parent.isEmpty()));
  }

  private static Optional<String> model(Attributes attributes) {
    return attributes.firstText(
        "gen_ai.response.model",
        "ai.response.model",
        "gen_ai.request.model",
        "ai.model.id",
        "litellm.provider.model");
  }

  private static String provider(Tool tool, Attributes attributes, Optional<String> model) {
    Optional<String> said =
        attributes
            .firstText("gen_ai.provider.name", "gen_ai.system", "ai.model.provider")
            .map(name -> tool == Tool.AI_SDK ? ofSdk(name) : Providers.canonical(name));
    return said.or(() -> model.flatMap(Providers::ofModel))
        .orElse(
            tool == Tool.ANTHROPIC_SDK || tool == Tool.CLAUDE_PLATFORM ? Providers.ANTHROPIC : "");
  }

  /** The SDK's older spans name a provider's interface: {@code openai.responses}. */
  private static String ofSdk(String name) {
    String canonical = Providers.canonical(name);
    int dot = canonical.indexOf('.');
    return dot <= 0 ? canonical : Providers.canonical(canonical.substring(0, dot));
  }

  private static List<String> requestKey(
      Telemetry record, Optional<Telemetry.Span> span, Counts counts) {
    Attributes attributes = record.attributes();
    Optional<String> id =
        attributes.firstText(
            "anthropic.request.id", "gen_ai.response.id", "ai.response.id", LITELLM_CALL);
    if (id.isPresent()) {
      List<String> key = new ArrayList<>(RequestKey.ofRequest(id.get()));
      if (record.tool() == Tool.AI_SDK && record.name().contains(".do")) {
        // Both generations of the SDK's spans may be on, and tell the same call differently.
        key.add("legacy");
      }
      return key;
    }
    return span.map(RequestKey::ofSpan)
        .orElseGet(
            () -> RequestKey.ofNumbers(record, List.of(session(record, span).orElse("")), counts));
  }

  private static Set<Alias> aliases(Attributes attributes, String provider) {
    Set<Alias> aliases = new HashSet<>();
    if (!provider.isEmpty()) {
      Stream.of("gen_ai.response.id", "ai.response.id", "anthropic.request.id")
          .forEach(
              name -> attributes.text(name).ifPresent(id -> aliases.add(new Alias(provider, id))));
    }
    attributes.text(LITELLM_CALL).ifPresent(id -> aliases.add(new Alias("litellm", id)));
    return aliases;
  }

  /** Metrics name no conversation: what they share with spans is the process, else the user. */
  private static GroupKey group(Telemetry record, Reception reception) {
    return GroupKey.of(record.tool(), owner(record, reception).orElse(""));
  }

  private static Optional<String> owner(Telemetry record, Reception reception) {
    return record
        .resource()
        .text("service.instance.id")
        .or(() -> record.textAnywhere("enduser.id"))
        .or(reception::credential);
  }

  private static Set<EvidenceFlag> flags(Telemetry record, Reception reception) {
    return owner(record, reception).isEmpty() ? Set.of(EvidenceFlag.WEAK_KEY) : Set.of();
  }

  /** Programs that name no conversation make one trace of one. */
  private static Optional<String> session(Telemetry record, Optional<Telemetry.Span> span) {
    return record
        .attributes()
        .firstText("gen_ai.conversation.id", "session.id")
        .or(() -> span.map(Telemetry.Span::traceId).filter(trace -> !trace.isEmpty()));
  }

  private static Dimensions dimensions(Telemetry record, Optional<Telemetry.Span> span) {
    Attributes attributes = record.attributes();
    return new Dimensions(
        session(record, span),
        attributes.text("github.copilot.interaction_id"),
        attributes.text("github.copilot.initiator"),
        attributes.firstText("gen_ai.agent.name", "agent.name"),
        attributes.firstText("gen_ai.agent.id", "agent_id"),
        Optional.empty(),
        false,
        Tags.project(record),
        attributes.text("anthropic.organization.id"),
        record.resource().text("service.version"),
        Tags.of(record));
  }
}
