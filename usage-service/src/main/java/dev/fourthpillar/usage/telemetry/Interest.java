package dev.fourthpillar.usage.telemetry;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The filter before everything else: decides from a name whether a record is worth building at all.
 * It has to be cheap, since a tool sends hundreds of records for one that matters, and it may only
 * turn away what can never be usage.
 */
public final class Interest {

  private static final Set<String> CLAUDE_LOGS = Set.of("api_request", "subagent_completed");
  private static final Set<String> GEMINI_LOGS = Set.of("api_response", Operations.DETAILS);
  private static final Set<String> CODEX_SPANS = Set.of("handle_responses", "session_task.turn");

  /** The conventions' metrics of tokens, in their two ages; those for percentiles are repeats. */
  private static final String USAGE_COUNTERS = "gen_ai.client.inference.usage.";

  private static final String PERCENTILES = "gen_ai.client.inference.operation.";
  private static final String USAGE_HISTOGRAM = "gen_ai.client.token.usage";

  private Interest() {}

  /**
   * @param name without the tool's prefix
   * @param eventKind the attribute {@code event.kind}, looked up only where it decides
   * @param operation the attribute {@code gen_ai.operation.name}, looked up only where it decides
   */
  public static Optional<IgnoreReason> ofLog(
      Tool tool, String name, Supplier<String> eventKind, Supplier<String> operation) {
    return switch (tool) {
      case CLAUDE_CODE -> notUsageUnless(CLAUDE_LOGS.contains(name));
      case GEMINI_CLI -> notUsageUnless(GEMINI_LOGS.contains(name));
      case CODEX_CLI -> {
        if (!name.equals("sse_event")) {
          yield Optional.of(IgnoreReason.NOT_USAGE);
        }
        yield eventKind.get().equals("response.completed")
            ? Optional.empty()
            : Optional.of(IgnoreReason.STREAM_CHUNK);
      }
      case OPENCLAW -> Optional.of(IgnoreReason.NOT_USAGE);
      case COPILOT_CHAT ->
          notUsageUnless(name.equals("agent.turn") || isCall(name, operation.get()));
      case COPILOT_CLI, AI_SDK, CLAUDE_PLATFORM, ANTHROPIC_SDK, LITELLM, OTHER ->
          notUsageUnless(isCall(name, operation.get()));
    };
  }

  private static boolean isCall(String name, String operation) {
    return operation.isEmpty()
        ? name.equals(Operations.DETAILS)
        : Operations.isInference(operation);
  }

  public static Optional<IgnoreReason> ofMetric(Tool tool, String name) {
    return notUsageUnless(
        switch (tool) {
          case CLAUDE_CODE -> name.equals("token.usage") || name.equals("cost.usage");
          case CODEX_CLI -> name.equals("turn.token_usage");
          case GEMINI_CLI -> name.equals("token.usage") || name.equals(USAGE_HISTOGRAM);
          // A prefix of its metrics can be set: what is left then is how they end.
          case OPENCLAW ->
              name.equals("tokens") || name.endsWith(".tokens") || name.equals(USAGE_HISTOGRAM);
          case COPILOT_CLI, COPILOT_CHAT ->
              name.startsWith(USAGE_COUNTERS)
                  || name.equals(PERCENTILES + "input_tokens")
                  || name.equals(PERCENTILES + "output_tokens")
                  || name.equals(USAGE_HISTOGRAM);
          case LITELLM -> name.equals(USAGE_HISTOGRAM) || name.equals("gen_ai.usage.cost");
          case AI_SDK, CLAUDE_PLATFORM, ANTHROPIC_SDK, OTHER -> false;
        });
  }

  /**
   * @param operation the attribute {@code gen_ai.operation.name}
   */
  public static Optional<IgnoreReason> ofSpan(Tool tool, String name, String operation) {
    return notUsageUnless(
        switch (tool) {
          case CLAUDE_CODE -> name.equals("llm_request");
          case CODEX_CLI -> CODEX_SPANS.contains(name);
          case GEMINI_CLI -> name.equals("llm_call");
          case OPENCLAW -> name.equals("model.usage");
          case AI_SDK -> Operations.isInference(operation) || isLegacyCall(name);
          case ANTHROPIC_SDK -> name.startsWith("messages.") && !name.contains("tool_runner");
          case COPILOT_CLI, COPILOT_CHAT, CLAUDE_PLATFORM, LITELLM, OTHER ->
              Operations.isInference(operation);
        });
  }

  /**
   * Of the AI SDK's older spans: {@code generateText.doGenerate}, {@code streamText.doStream}; the
   * ones around them have no second half.
   */
  private static boolean isLegacyCall(String name) {
    return name.contains(".doGenerate") || name.contains(".doStream") || name.contains(".doEmbed");
  }

  private static Optional<IgnoreReason> notUsageUnless(boolean interesting) {
    return interesting ? Optional.empty() : Optional.of(IgnoreReason.NOT_USAGE);
  }
}
