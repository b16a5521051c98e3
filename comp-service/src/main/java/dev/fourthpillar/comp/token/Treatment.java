package dev.fourthpillar.comp.token;

/** Whether tokens are a tool of work or pay; decided by the rules, elsewhere. */
public enum Treatment {
  TOOL,
  MIXED,
  PAY,
  /** A fact is missing that could flip the answer. */
  NEEDS_REVIEW
}
