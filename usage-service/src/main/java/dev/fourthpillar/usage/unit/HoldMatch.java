package dev.fourthpillar.usage.unit;

/** How a report proved to be a call that a hold paid for. In order of precedence. */
public enum HoldMatch {
  /** A report names the hold. */
  HOLD_ID,
  /** A report carries an id of the provider that the hold's attempt carries too. */
  PROVIDER_ID,
  /** A report says exactly what the attempt consumed, within ten minutes of the reservation. */
  QUANTITIES,
  /** The attempt was only estimated, and this was the nearest call of the hold's life. */
  NEAREST
}
