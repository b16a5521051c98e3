package dev.fourthpillar.usage.telemetry;

/**
 * Why a record of telemetry says nothing that is counted. Every one of them is tallied, none is an
 * error.
 */
public enum IgnoreReason {
  /** From a tool this version does not understand. */
  UNKNOWN_TOOL,
  /**
   * Token numbers under a name this version does not know: a tool that is not supported, or a new
   * version of one that is. The one reason here that somebody should look into.
   */
  UNRECOGNISED_USAGE,
  /** A known tool's record about something else: a prompt, a decision, a latency. */
  NOT_USAGE,
  /** One chunk of a streamed answer; Codex CLI sends hundreds of them an answer. */
  STREAM_CHUNK,
  /** Says that a call was made or ended, and no number; the numbers come in another record. */
  WITHOUT_NUMBERS,
  /** A metric of tokens that the tool says better in another metric or record. */
  METRIC_REPEATS_LOG,
  /** A log record that adds up tokens already counted one by one, such as a sub-agent's total. */
  LOG_REPEATS_LOG,
  /** A span that adds up tokens already counted one by one, such as a turn's total. */
  SPAN_REPEATS_LOG
}
