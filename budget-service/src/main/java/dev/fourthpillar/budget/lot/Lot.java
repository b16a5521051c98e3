package dev.fourthpillar.budget.lot;

import java.util.Comparator;

/**
 * A grant as far as it is used. amount = held + fixed + folded + expired + free, and none of them
 * is below 0.
 *
 * @param id unique in the account
 * @param priority lower burns first
 * @param effective the first minute it can be used in
 * @param expiry the first minute it can not; {@link Minutes#NEVER}
 * @param amount nanos granted, less reductions
 * @param held nanos in open holds
 * @param fixed nanos settled whatever usage comes: by holds, and by usage of closed segments
 * @param folded nanos settled by usage without a hold, as the {@link Fold} has it
 * @param expired nanos booked as expired
 */
public record Lot(
    String id,
    LotSource source,
    int priority,
    long effective,
    long expiry,
    long amount,
    long held,
    long fixed,
    long folded,
    long expired) {

  /** Length of an id. */
  public static final int MAX_ID_CHARS = 120;

  /** The order in which lots are used up. */
  public static final Comparator<Lot> BURN_ORDER =
      Comparator.comparingInt(Lot::priority)
          .thenComparingLong(Lot::expiry)
          .thenComparingLong(Lot::effective)
          .thenComparing(Lot::id);

  public Lot {
    if (id.isEmpty() || id.length() > MAX_ID_CHARS) {
      throw new IllegalArgumentException(
          "lot id: %d characters (expected: 1 to %d)".formatted(id.length(), MAX_ID_CHARS));
    }
    if (effective >= expiry) {
      throw new IllegalArgumentException(
          "lot %s: expires at minute %d (expected: after %d)".formatted(id, expiry, effective));
    }
    if (amount < 0 || held < 0 || fixed < 0 || folded < 0 || expired < 0) {
      throw new IllegalStateException("lot %s: a part is below 0".formatted(id));
    }
    if (Math.addExact(Math.addExact(held, fixed), Math.addExact(folded, expired)) > amount) {
      throw new IllegalStateException("lot %s: more is used than it has".formatted(id));
    }
  }

  /** A lot nothing was taken from. */
  public static Lot fresh(
      String id, LotSource source, int priority, long effective, long expiry, long amount) {
    return new Lot(id, source, priority, effective, expiry, amount, 0, 0, 0, 0);
  }

  /** Nanos settled from it. */
  public long settled() {
    return fixed + folded;
  }

  /** Nanos that are neither settled, held nor expired. */
  public long free() {
    return amount - held - fixed - folded - expired;
  }

  /** Nanos that usage without a hold may take. */
  long capacity() {
    return amount - held - fixed;
  }

  public boolean openAt(long minute) {
    return effective <= minute && minute < expiry;
  }

  public boolean expiredAt(long minute) {
    return expiry <= minute;
  }

  /** With another end. */
  public Lot withExpiry(long minute) {
    return new Lot(id, source, priority, effective, minute, amount, held, fixed, folded, expired);
  }

  /** With another amount, at least what is settled and held; what had expired makes room. */
  public Lot withAmount(long nanos) {
    long room = nanos - held - fixed - folded;
    return new Lot(
        id,
        source,
        priority,
        effective,
        expiry,
        nanos,
        held,
        fixed,
        folded,
        Math.min(expired, room));
  }

  public Lot withPins(long heldNanos, long fixedNanos) {
    // What a pin takes back from what had expired is booked again right after.
    long room = amount - heldNanos - fixedNanos;
    return new Lot(
        id,
        source,
        priority,
        effective,
        expiry,
        amount,
        heldNanos,
        fixedNanos,
        Math.min(folded, room),
        Math.min(expired, room - Math.min(folded, room)));
  }

  public Lot withUse(long foldedNanos, long expiredNanos) {
    return new Lot(
        id, source, priority, effective, expiry, amount, held, fixed, foldedNanos, expiredNanos);
  }

  /** With a part of what usage took fixed: its segment is closed. */
  public Lot withFixedUse(long nanos) {
    return new Lot(
        id,
        source,
        priority,
        effective,
        expiry,
        amount,
        held,
        fixed + nanos,
        folded - nanos,
        expired);
  }

  /** The same lot before anything was granted. */
  public Lot withNothing() {
    return fresh(id, source, priority, effective, expiry, 0);
  }
}
