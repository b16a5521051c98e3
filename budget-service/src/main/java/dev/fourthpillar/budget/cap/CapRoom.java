package dev.fourthpillar.budget.cap;

import java.math.BigInteger;

/**
 * What counts in a window of a cap.
 *
 * @param limit nanos, at most
 * @param held nanos in open holds
 * @param settled nanos that were settled
 * @param disabled whether it refuses nothing
 */
public record CapRoom(BigInteger limit, BigInteger held, BigInteger settled, boolean disabled) {

  /** Nanos that a hold could take; below 0 where more was settled. */
  public BigInteger available() {
    return limit.subtract(held).subtract(settled);
  }

  /** After that. */
  public CapRoom after(CapMove move) {
    return new CapRoom(limit, held.add(move.held()), settled.add(move.settled()), disabled);
  }
}
