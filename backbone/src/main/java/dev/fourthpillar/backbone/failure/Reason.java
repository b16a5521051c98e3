package dev.fourthpillar.backbone.failure;

/**
 * Why a call failed. The names are those of the contract's {@code ErrorReason} without its prefix;
 * a test holds the two lists together.
 */
public enum Reason {
  INVALID_FIELDS(Kind.CALLER),
  TOKEN_MISSING(Kind.CALLER),
  TOKEN_INVALID(Kind.CALLER),
  TOKEN_EXPIRED(Kind.CALLER),
  ROLE_MISSING(Kind.CALLER),
  NOT_OWN_DATA(Kind.CALLER),
  NOT_FOUND(Kind.CALLER),
  ID_REUSED(Kind.CALLER),
  PAGE_TOKEN_INVALID(Kind.CALLER),
  AMOUNT_OUT_OF_RANGE(Kind.CALLER),
  METHOD_UNKNOWN(Kind.CALLER),
  LIMIT_EXCEEDED(Kind.CALLER),
  CURRENCY_MISMATCH(Kind.STATE),
  CURSOR_EXPIRED(Kind.STATE),
  CURSOR_DIVERGED(Kind.STATE),
  OVERLOADED(Kind.TRANSIENT),
  DRAINING(Kind.TRANSIENT),
  STORAGE_UNAVAILABLE(Kind.TRANSIENT),
  CONFLICTING_CHANGE(Kind.TRANSIENT),
  CANCELLED(Kind.AMBIGUOUS),
  DEADLINE_PASSED(Kind.AMBIGUOUS),
  OUTCOME_UNKNOWN(Kind.AMBIGUOUS),
  INTERNAL(Kind.AMBIGUOUS),
  ISSUER_UNAVAILABLE(Kind.TRANSIENT),
  BUDGET_INSUFFICIENT(Kind.STATE),
  FX_RATE_MISSING(Kind.STATE),
  COLLECTION_GATE_CLOSED(Kind.STATE),
  MODEL_UNPRICED(Kind.STATE),
  HOLD_ENDED(Kind.STATE),
  NOT_EMPLOYED(Kind.STATE),
  PAYER_NOT_ALLOWED(Kind.CALLER),
  ETAG_MISMATCH(Kind.STATE),
  NOT_RECORDED(Kind.STATE);

  /** What a client should do about it. */
  public enum Kind {
    /** The request is at fault; unchanged it fails again. */
    CALLER,
    /** The state does not allow it now. */
    STATE,
    /** Nothing was applied and a retry helps. */
    TRANSIENT,
    /** It may have been applied: retry with the same id. */
    AMBIGUOUS
  }

  private final Kind kind;

  Reason(Kind kind) {
    this.kind = kind;
  }

  /** What a client should do about it. */
  public Kind kind() {
    return kind;
  }

  /** Whether the same request would get the same answer again, so that the answer may be kept. */
  public boolean isFinal() {
    return kind == Kind.CALLER || kind == Kind.STATE;
  }
}
