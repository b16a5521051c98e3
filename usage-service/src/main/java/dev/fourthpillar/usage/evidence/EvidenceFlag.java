package dev.fourthpillar.usage.evidence;

/** What is odd about a piece of evidence. It counts all the same, and the oddity stays visible. */
public enum EvidenceFlag {
  /**
   * A part was larger than its whole (cached than input, reasoning than output) and was cut back to
   * it.
   */
  CLAMPED,
  /** The parts do not add up to the total the source gives. */
  SUM_MISMATCH,
  /** Input or output is missing; what is there counts. */
  PARTIAL,
  /**
   * The source does not say how much of the input came from a cache: all of it stands under INPUT.
   */
  CACHE_SPLIT_UNKNOWN,
  /** The record lay in the receiver's future; its event time is the time of receipt. */
  TIME_CLAMPED,
  /** Dated only by whoever observed it, so that a resend may count as another record. */
  TIME_OBSERVED_ONLY,
  /** No model name: cannot be priced before somebody says which it was. */
  MODEL_UNKNOWN,
  /** No id of session, conversation or user: equal records of two machines would count as one. */
  WEAK_KEY,
  /**
   * The tool talked to another address than its provider's: a gateway may report the call as well.
   */
  CUSTOM_BASE_URL,
  /** That address is a gateway's that is known to hold budget for calls: the hold is waited for. */
  KNOWN_GATEWAY
}
