package dev.fourthpillar.usage.evidence;

import dev.fourthpillar.usage.telemetry.Tool;

/**
 * The signals that describe single model calls. Every tool says the same tokens several times; rank
 * 1 is the one that counts, a lower one stands in only where rank 1 is absent, and corroborates
 * otherwise. Ranks have gaps where a tool's metrics stand, which describe windows of time and not
 * calls.
 */
public enum UsageSignal {
  CLAUDE_CODE_API_REQUEST_LOG("claude_code.api_request", Tool.CLAUDE_CODE, 1),
  CLAUDE_CODE_LLM_REQUEST_SPAN("claude_code.llm_request", Tool.CLAUDE_CODE, 3),
  CODEX_RESPONSE_COMPLETED_LOG("codex.sse_event", Tool.CODEX_CLI, 1),
  CODEX_HANDLE_RESPONSES_SPAN("handle_responses", Tool.CODEX_CLI, 3),
  GEMINI_API_RESPONSE_LOG("gemini_cli.api_response", Tool.GEMINI_CLI, 1),
  /** Misses cached and reasoning tokens, and is the only one with the provider's response id. */
  GEMINI_OPERATION_DETAILS_LOG("gen_ai.client.inference.operation.details", Tool.GEMINI_CLI, 4);

  public static final int COUNTED_RANK = 1;

  private final String id;
  private final Tool tool;
  private final int rank;

  UsageSignal(String id, Tool tool, int rank) {
    this.id = id;
    this.tool = tool;
    this.rank = rank;
  }

  /** Stable; part of stored keys. */
  public String id() {
    return id;
  }

  public Tool tool() {
    return tool;
  }

  public int rank() {
    return rank;
  }

  public boolean counted() {
    return rank == COUNTED_RANK;
  }
}
