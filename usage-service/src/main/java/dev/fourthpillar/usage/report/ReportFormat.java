package dev.fourthpillar.usage.report;

/**
 * Which report it is. The names are those of the contract's {@code ReportFormat} without prefix.
 */
public enum ReportFormat {
  ANTHROPIC_USAGE,
  ANTHROPIC_COST,
  CLAUDE_CODE_ANALYTICS,
  OPENAI_USAGE,
  OPENAI_COSTS,
  GEMINI_USAGE,
  MISTRAL_USAGE,
  ALEPH_ALPHA_USAGE,
  DEEPL_USAGE,
  LITELLM_SPEND_LOG,
  CSV,
  JSON_LINES
}
