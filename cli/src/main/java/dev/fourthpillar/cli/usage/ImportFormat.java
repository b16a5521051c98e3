package dev.fourthpillar.cli.usage;

import dev.fourthpillar.usage.v1.ReportFormat;

/** What a file is: calls to be recorded, or a report of the contract's formats. */
public enum ImportFormat {
  CALLS,
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
  JSON_LINES;

  /** The contract's name; of calls there is none. */
  public ReportFormat proto() {
    return ReportFormat.valueOf("REPORT_FORMAT_" + name());
  }
}
