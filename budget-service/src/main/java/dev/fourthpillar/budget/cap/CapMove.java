package dev.fourthpillar.budget.cap;

import java.math.BigInteger;

/** By how much what counts in a window changes, signed nanos. */
public record CapMove(CapKey key, BigInteger held, BigInteger settled) {

  /** Both, of one window. */
  public CapMove plus(CapMove other) {
    return new CapMove(key, held.add(other.held), settled.add(other.settled));
  }
}
