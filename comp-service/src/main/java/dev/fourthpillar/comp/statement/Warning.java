package dev.fourthpillar.comp.statement;

/** Something a reader of the statement should know, though it stops nothing. */
public enum Warning {
  /** A tool that is convertible to cash or portable: one of the two is not true. */
  TOOL_CONTRADICTS_TERMS,
  /** A figure waits for a decision or a fact. */
  NEEDS_REVIEW
}
