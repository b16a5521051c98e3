package dev.fourthpillar.usage.kinds;

import dev.fourthpillar.usage.evidence.PointKind;
import dev.fourthpillar.usage.evidence.UsageSignal;
import java.util.Map;
import java.util.OptionalLong;

/** What the increments of a window's metric are in disjoint kinds, by its source's arithmetic. */
public final class WindowKinds {

  private WindowKinds() {}

  /**
   * @param sums by the source's kinds; an absent one is unknown
   */
  public static Reckoned reckon(UsageSignal signal, Map<PointKind, Long> sums) {
    OptionalLong input = of(sums, PointKind.INPUT);
    OptionalLong output = of(sums, PointKind.OUTPUT);
    OptionalLong cacheRead = of(sums, PointKind.CACHE_READ);
    OptionalLong cacheWrite = of(sums, PointKind.CACHE_WRITE);
    OptionalLong reasoning = of(sums, PointKind.REASONING);
    OptionalLong total = of(sums, PointKind.TOTAL);
    return switch (signal) {
      case CLAUDE_CODE_TOKEN_METRIC, OPENCLAW_TOKEN_METRIC ->
          ExclusiveKinds.reckon(input, output, cacheRead, cacheWrite, total);
      case CODEX_TURN_TOKEN_METRIC, INFERENCE_USAGE_METRIC, TOKEN_USAGE_METRIC ->
          InclusiveKinds.reckon(input, output, cacheRead, cacheWrite, reasoning, total);
      case GEMINI_TOKEN_METRIC ->
          GeminiKinds.reckon(input, cacheRead, of(sums, PointKind.TOOL), output, reasoning, total);
      case CLAUDE_CODE_API_REQUEST_LOG,
          CLAUDE_CODE_LLM_REQUEST_SPAN,
          CODEX_RESPONSE_COMPLETED_LOG,
          CODEX_HANDLE_RESPONSES_SPAN,
          GEMINI_API_RESPONSE_LOG,
          GEMINI_OPERATION_DETAILS_LOG,
          GEMINI_LLM_CALL_SPAN,
          OPENCLAW_MODEL_USAGE_SPAN,
          INFERENCE_SPAN,
          INFERENCE_DETAILS_LOG,
          RECORDED,
          HOLD_ATTEMPT ->
          throw new IllegalArgumentException("signal: " + signal + " (expected: a metric)");
    };
  }

  private static OptionalLong of(Map<PointKind, Long> sums, PointKind kind) {
    Long sum = sums.get(kind);
    return sum == null ? OptionalLong.empty() : OptionalLong.of(sum);
  }
}
