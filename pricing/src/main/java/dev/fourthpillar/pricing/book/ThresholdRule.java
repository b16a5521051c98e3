package dev.fourthpillar.pricing.book;

/** When a prompt has reached a size tier. Part of the row, because vendors differ. */
public enum ThresholdRule {
  /** The prompt is larger than the threshold; a prompt of exactly that size is below. */
  OVER,
  /** The prompt is at least as large as the threshold (xAI). */
  AT_OR_OVER;

  /** Whether a prompt of that many tokens is in the tier of that threshold. */
  public boolean reached(long promptTokens, long threshold) {
    return switch (this) {
      case OVER -> promptTokens > threshold;
      case AT_OR_OVER -> promptTokens >= threshold;
    };
  }
}
