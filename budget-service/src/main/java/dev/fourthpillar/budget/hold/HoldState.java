package dev.fourthpillar.budget.hold;

/** Where a hold is in its life. */
public enum HoldState {
  /** Open. */
  HELD,
  /** Its caller said what the call was. */
  SETTLED,
  /** It expired, and its estimate was booked. */
  ESTIMATED,
  /** Its money went back. */
  RELEASED,
  /** It never was: the refusal is kept, so that the same id gets the same answer. */
  REFUSED;

  /** Whether it was open once and is no more. */
  public boolean ended() {
    return this == SETTLED || this == ESTIMATED || this == RELEASED;
  }
}
