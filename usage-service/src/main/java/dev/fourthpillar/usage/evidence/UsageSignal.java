package dev.fourthpillar.usage.evidence;

/**
 * The signals that describe single model calls. Every tool says the same tokens several times; rank
 * 1 is the one that counts, a lower one stands in only where rank 1 is absent, and corroborates
 * otherwise. Ranks have gaps where a tool's metrics stand, which describe windows of time and not
 * calls.
 */
public enum UsageSignal {
  CLAUDE_CODE_API_REQUEST_LOG("claude_code.api_request", 1),
  CLAUDE_CODE_LLM_REQUEST_SPAN("claude_code.llm_request", 3),
  CODEX_RESPONSE_COMPLETED_LOG("codex.sse_event", 1),
  CODEX_HANDLE_RESPONSES_SPAN("handle_responses", 3),
  GEMINI_API_RESPONSE_LOG("gemini_cli.api_response", 1),
  /** Misses cached and reasoning tokens, and is the only one with the provider's response id. */
  GEMINI_OPERATION_DETAILS_LOG("gen_ai.client.inference.operation.details", 4),
  /** RecordUsage: said by our own API's client, under an id that it chose. */
  RECORDED("fourthpillar.record_usage", 1),
  /** An attempt of a hold that has ended, as budget-service tells it. */
  HOLD_ATTEMPT("fourthpillar.hold_attempt", 1);

  public static final int COUNTED_RANK = 1;

  private final String id;
  private final int rank;

  UsageSignal(String id, int rank) {
    this.id = id;
    this.rank = rank;
  }

  /** Stable; part of stored keys. */
  public String id() {
    return id;
  }

  public int rank() {
    return rank;
  }

  public boolean counted() {
    return rank == COUNTED_RANK;
  }
}
