package dev.fourthpillar.usage.evidence;

/**
 * Who says that a call was made, nearest to the provider first: the nearest one's quantities price
 * the call.
 */
public enum Reporter {
  PROVIDER,
  GATEWAY,
  /**
   * The tool on the engineer's machine: furthest from the bill, and the only one that knows whose
   * work it was.
   */
  CLIENT
}
