package dev.fourthpillar.charging.world;

/** Who says that a call was made, nearest to the provider first. */
public enum Source {
  PROVIDER,
  /** A hold's own account: the gateway's word, and what was booked on it. */
  HOLD,
  GATEWAY,
  CLIENT,
  /** The lower signal of a client, which says again what its log says. */
  CLIENT_SPAN;

  /** Whether it charges by itself; otherwise it only stands in. */
  public boolean counted() {
    return this != CLIENT_SPAN;
  }
}
