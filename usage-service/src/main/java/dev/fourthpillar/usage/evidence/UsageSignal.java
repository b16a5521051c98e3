package dev.fourthpillar.usage.evidence;

/**
 * The signals that describe usage. Every tool says the same tokens several times; rank 1 is the one
 * that counts, a lower one stands in only where all higher ones are absent, and corroborates
 * otherwise. A metric describes windows of time, every other signal single model calls.
 */
public enum UsageSignal {
  CLAUDE_CODE_API_REQUEST_LOG("claude_code.api_request", 1),
  CLAUDE_CODE_TOKEN_METRIC("claude_code.token.usage", 2, true),
  CLAUDE_CODE_LLM_REQUEST_SPAN("claude_code.llm_request", 3),
  CODEX_RESPONSE_COMPLETED_LOG("codex.sse_event", 1),
  CODEX_TURN_TOKEN_METRIC("codex.turn.token_usage", 2, true),
  CODEX_HANDLE_RESPONSES_SPAN("handle_responses", 3),
  GEMINI_API_RESPONSE_LOG("gemini_cli.api_response", 1),
  GEMINI_TOKEN_METRIC("gemini_cli.token.usage", 2, true),
  /** Misses cached and reasoning tokens, and has the provider's response id. */
  GEMINI_OPERATION_DETAILS_LOG("gen_ai.client.inference.operation.details", 4),
  /** Misses cached and reasoning tokens as well. */
  GEMINI_LLM_CALL_SPAN("llm_call", 5),
  OPENCLAW_TOKEN_METRIC("openclaw.tokens", 1, true),
  /** Sampled: what is missing was used all the same. */
  OPENCLAW_MODEL_USAGE_SPAN("openclaw.model.usage", 3),
  /** The span of one call, by the conventions. */
  INFERENCE_SPAN("inference.span", 1),
  /** The conventions' counters of tokens. */
  INFERENCE_USAGE_METRIC("gen_ai.client.inference.usage", 2, true),
  /** Their predecessor: input and output only. */
  TOKEN_USAGE_METRIC("gen_ai.client.token.usage", 3, true),
  /** The event of one call, by the conventions. */
  INFERENCE_DETAILS_LOG("inference.details", 4),
  /** RecordUsage: said by our own API's client, under an id that it chose. */
  RECORDED("fourthpillar.record_usage", 1),
  /** An attempt of a hold that has ended, as budget-service tells it. */
  HOLD_ATTEMPT("fourthpillar.hold_attempt", 1);

  public static final int COUNTED_RANK = 1;

  private final String id;
  private final int rank;
  private final boolean window;

  UsageSignal(String id, int rank) {
    this(id, rank, false);
  }

  UsageSignal(String id, int rank, boolean window) {
    this.id = id;
    this.rank = rank;
    this.window = window;
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

  /** Whether it is a metric, whose points say what was used in a window of time. */
  public boolean window() {
    return window;
  }
}
