package dev.fourthpillar.usage.normalise;

import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.ClaimedCost;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Claude Code. Counts the log {@code api_request}; the span {@code llm_request} says the same call
 * again, the metric {@code token.usage} its sums, {@code cost.usage} what the tool thinks they
 * cost, and {@code subagent_completed} a sub-agent's. Version 2.0.x sends strings, and neither
 * request ids nor the split of cache writes.
 */
final class ClaudeCode {

  private static final Set<String> STANDARD_SPEEDS = Set.of("normal", "standard");

  private static final Map<String, PointKind> KINDS =
      Map.of(
          "input", PointKind.INPUT,
          "output", PointKind.OUTPUT,
          "cacheRead", PointKind.CACHE_READ,
          "cacheCreation", PointKind.CACHE_WRITE);

  private ClaudeCode() {}

  static Reading read(Telemetry record, Reception reception) {
    return switch (record) {
      case Telemetry.LogRecord log ->
          log.name().equals("api_request")
              ? call(log, UsageSignal.CLAUDE_CODE_API_REQUEST_LOG, reception)
              : new Reading.Ignored(IgnoreReason.LOG_REPEATS_LOG);
      case Telemetry.Point point -> point(point, reception);
      case Telemetry.Span span -> call(span, UsageSignal.CLAUDE_CODE_LLM_REQUEST_SPAN, reception);
    };
  }

  /** Says the same once more, without a split of what was written to the cache. */
  private static Reading point(Telemetry.Point point, Reception reception) {
    Optional<PointKind> kind =
        point.name().equals("token.usage")
            ? point.attributes().text("type").map(KINDS::get)
            : Optional.empty();
    if (kind.isEmpty()) {
      return new Reading.Ignored(IgnoreReason.METRIC_REPEATS_LOG);
    }
    Attributes attributes = point.attributes();
    Optional<String> model = attributes.text("model");
    Optional<String> installation = installation(point);
    return Assembly.assemble(
        point,
        reception,
        new Windowed(
            UsageSignal.CLAUDE_CODE_TOKEN_METRIC,
            kind.get(),
            GroupKey.of(Tool.CLAUDE_CODE, owner(attributes, installation).orElse("")),
            provider(attributes, model),
            model,
            tier(attributes),
            Claims.of(point, reception, point.resource().text("user.id"), installation),
            dimensions(point),
            flags(attributes, Optional.empty(), installation, reception)));
  }

  private static Optional<String> tier(Attributes attributes) {
    return attributes.text("speed").filter(speed -> !STANDARD_SPEEDS.contains(speed));
  }

  private static Reading call(Telemetry record, UsageSignal signal, Reception reception) {
    Attributes attributes = record.attributes();
    Counts counts = new Counts(record);
    Reckoned reckoned =
        ExclusiveKinds.reckon(
            counts.read("input_tokens"),
            counts.read("output_tokens"),
            counts.read("cache_read_tokens"),
            counts.read("cache_creation_tokens"),
            counts.read("cache_creation_5m_tokens"),
            counts.read("cache_creation_1h_tokens"));
    if (counts.problem().isPresent()) {
      return counts.problem().get();
    }
    if (record instanceof Telemetry.Span && reckoned.known().isEmpty()) {
      // A call that failed has a span too.
      return new Reading.Ignored(IgnoreReason.WITHOUT_NUMBERS);
    }
    Optional<String> model = attributes.firstText("model", "gen_ai.request.model");
    String provider = provider(attributes, model);
    // The same id under two names: what others put into the second is the response's, not the
    // request's.
    Optional<String> requestId = attributes.firstText("request_id", "gen_ai.response.id");
    Optional<String> installation = installation(record);
    return Assembly.assemble(
        record,
        reception,
        new Call(
            signal,
            requestKey(record, requestId, installation, counts),
            GroupKey.of(Tool.CLAUDE_CODE, owner(attributes, installation).orElse("")),
            requestId.map(id -> Set.of(new Alias(provider, id))).orElse(Set.of()),
            provider,
            model,
            reckoned,
            tier(attributes),
            attributes.decimal("cost_usd").flatMap(ClaimedCost::ofDollars),
            Claims.of(record, reception, record.resource().text("user.id"), installation),
            dimensions(record),
            flags(attributes, requestId, installation, reception)));
  }

  private static List<String> requestKey(
      Telemetry record, Optional<String> requestId, Optional<String> installation, Counts counts) {
    Attributes attributes = record.attributes();
    if (requestId.isPresent()) {
      return RequestKey.ofRequest(requestId.get());
    }
    Optional<String> session = attributes.text("session.id");
    Optional<String> sequence = attributes.text("event.sequence");
    if (session.isPresent() && sequence.isPresent()) {
      return RequestKey.ofSequence(session.get(), sequence.get());
    }
    if (record instanceof Telemetry.Span span) {
      return RequestKey.ofSpan(span);
    }
    return RequestKey.ofNumbers(
        record, List.of(owner(attributes, installation).orElse("")), counts);
  }

  private static Optional<String> owner(Attributes attributes, Optional<String> installation) {
    return attributes.text("session.id").or(() -> installation);
  }

  /**
   * Here {@code user.id} is random per installation. Since the tool copies resource attributes to
   * every record, one that equals the resource's is what the organisation set.
   */
  private static Optional<String> installation(Telemetry record) {
    Optional<String> set = record.resource().text("user.id");
    return record.attributes().text("user.id").filter(id -> !Optional.of(id).equals(set));
  }

  private static String provider(Attributes attributes, Optional<String> model) {
    return attributes
        .firstText("anthropic.provider", "gen_ai.provider.name", "gen_ai.system")
        .map(Providers::canonical)
        .or(() -> model.flatMap(Providers::ofModel))
        .orElse(Providers.ANTHROPIC);
  }

  private static Dimensions dimensions(Telemetry record) {
    Attributes attributes = record.attributes();
    Optional<String> source = attributes.firstText("query_source", "query_source_safe");
    return new Dimensions(
        attributes.text("session.id"),
        attributes.text("prompt.id"),
        source,
        attributes.firstText("agent.name", "agent_type"),
        attributes.text("agent_id"),
        Optional.empty(),
        source.filter(ClaudeCode::isSubAgent).isPresent(),
        Tags.project(record),
        attributes.text("organization.id"),
        record.resource().text("service.version"),
        Tags.of(record));
  }

  /**
   * {@code agent:builtin:general-purpose} on logs, {@code agent.builtin.general-purpose} on spans.
   */
  private static boolean isSubAgent(String querySource) {
    return querySource.startsWith("agent:") || querySource.startsWith("agent.");
  }

  private static Set<EvidenceFlag> flags(
      Attributes attributes,
      Optional<String> requestId,
      Optional<String> installation,
      Reception reception) {
    Set<EvidenceFlag> flags = EnumSet.noneOf(EvidenceFlag.class);
    attributes
        .text("anthropic.custom_base_url")
        .filter(url -> !url.equalsIgnoreCase("false"))
        .ifPresent(
            url -> {
              flags.add(EvidenceFlag.CUSTOM_BASE_URL);
              if (reception.gateways().knows(url)) {
                flags.add(EvidenceFlag.KNOWN_GATEWAY);
              }
            });
    if (requestId.isEmpty() && owner(attributes, installation).isEmpty()) {
      flags.add(EvidenceFlag.WEAK_KEY);
    }
    return flags;
  }
}
