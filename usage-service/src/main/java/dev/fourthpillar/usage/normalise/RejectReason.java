package dev.fourthpillar.usage.normalise;

/**
 * Why a record that says it is usage can never be accepted. It is kept, with its reason, and a
 * resend does not help.
 */
public enum RejectReason {
  QUANTITY_NEGATIVE,
  /** A count with a fraction. Rounding it would be inventing. */
  QUANTITY_NOT_WHOLE,
  QUANTITY_NOT_A_NUMBER,
  /** Above what any single call can have used. */
  QUANTITY_OUT_OF_RANGE,
  /** A usage record without a single token number. */
  QUANTITIES_ABSENT,
  /** A metric that does not say whether its points add up or repeat what came before. */
  TEMPORALITY_UNKNOWN,
  /** Neither the record nor its observer dated it: it cannot be told from its own resend. */
  TIME_ABSENT,
  /** Older than the window in which a resend would be recognised. */
  TOO_OLD_TO_DEDUPLICATE
}
