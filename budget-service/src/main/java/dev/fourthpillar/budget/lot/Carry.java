package dev.fourthpillar.budget.lot;

import java.util.Optional;

/**
 * What of a lot goes on after it, and what of it has come from the one before.
 *
 * @param rollover how it goes on; empty: what is unused expires
 * @param out nanos that went on as another lot
 * @param lapsed nanos that holds gave back after its end: they expire
 * @param from the lot that it continues; empty for none
 * @param in nanos that came from there
 */
public record Carry(Optional<Rollover> rollover, long out, long lapsed, String from, long in) {
  /** Nothing came, and nothing goes on. */
  public static final Carry NONE = new Carry(Optional.empty(), 0, 0, "", 0);

  public Carry {
    if (out < 0 || lapsed < 0 || in < 0) {
      throw new IllegalStateException("carried: a part is below 0");
    }
  }

  /** Of a lot that will go on. */
  public static Carry on(Optional<Rollover> rollover) {
    return new Carry(rollover, 0, 0, "", 0);
  }

  static Carry from(String lot) {
    return new Carry(Optional.empty(), 0, 0, lot, 0);
  }

  Carry withRollover(Optional<Rollover> other) {
    return new Carry(other, out, lapsed, from, in);
  }

  Carry withOut(long nanos) {
    return new Carry(rollover, nanos, lapsed, from, in);
  }

  Carry withLapsed(long nanos) {
    return new Carry(rollover, out, nanos, from, in);
  }

  Carry withIn(long nanos) {
    return new Carry(rollover, out, lapsed, from, nanos);
  }
}
