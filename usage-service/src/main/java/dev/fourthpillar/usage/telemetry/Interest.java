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
  private static final Set<String> GEMINI_LOGS =
      Set.of("api_response", "gen_ai.client.inference.operation.details");
  private static final Set<String> CODEX_SPANS = Set.of("handle_responses", "session_task.turn");

  private Interest() {}

  /**
   * @param name without the tool's prefix
   * @param eventKind the attribute {@code event.kind}, looked up only where it decides
   */
  public static Optional<IgnoreReason> ofLog(Tool tool, String name, Supplier<String> eventKind) {
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
    };
  }

  public static Optional<IgnoreReason> ofMetric(Tool tool, String name) {
    return notUsageUnless(
        switch (tool) {
          case CLAUDE_CODE -> name.equals("token.usage") || name.equals("cost.usage");
          case CODEX_CLI -> name.equals("turn.token_usage");
          case GEMINI_CLI -> name.equals("token.usage") || name.equals("gen_ai.client.token.usage");
        });
  }

  public static Optional<IgnoreReason> ofSpan(Tool tool, String name) {
    return notUsageUnless(
        switch (tool) {
          case CLAUDE_CODE -> name.equals("llm_request");
          case CODEX_CLI -> CODEX_SPANS.contains(name);
          case GEMINI_CLI -> name.equals("llm_call");
        });
  }

  private static Optional<IgnoreReason> notUsageUnless(boolean interesting) {
    return interesting ? Optional.empty() : Optional.of(IgnoreReason.NOT_USAGE);
  }
}
