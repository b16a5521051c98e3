package dev.fourthpillar.budget.hold;

/** What becomes of a hold that nobody ends. */
public enum OnExpiry {
  /** The call is taken to have been made: the estimate is booked. */
  SETTLE_ESTIMATE,
  /** The call is taken not to have been made: the money goes back. */
  RELEASE
}
