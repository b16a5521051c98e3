package dev.fourthpillar.budget.lot;

import java.util.Comparator;
import java.util.Optional;

/**
 * A grant as far as it is used. amount = held + fixed + folded + expired + carried out + free, and
 * none of them is below 0.
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
 * @param carry what goes on after it, and what came from before
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
    long expired,
    Carry carry) {

  /** Length of an id. */
  public static final int MAX_ID_CHARS = 200;

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
    long settledOrHeld = Math.addExact(Math.addExact(held, fixed), folded);
    if (Math.addExact(Math.addExact(settledOrHeld, expired), carry.out()) > amount) {
      throw new IllegalStateException("lot %s: more is used than it has".formatted(id));
    }
  }

  /** A lot nothing was taken from. */
  public static Lot fresh(
      String id, LotSource source, int priority, long effective, long expiry, long amount) {
    return fresh(id, source, priority, effective, expiry, amount, Optional.empty());
  }

  /** A lot nothing was taken from, of which what is unused goes on. */
  public static Lot fresh(
      String id,
      LotSource source,
      int priority,
      long effective,
      long expiry,
      long amount,
      Optional<Rollover> rollover) {
    return new Lot(id, source, priority, effective, expiry, amount, 0, 0, 0, 0, Carry.on(rollover));
  }

  /** The id of the lot as which this one goes on. */
  public String continuationId() {
    return "rollover/" + id;
  }

  /** The lot as which this one goes on, with nothing in it yet. */
  public Lot continuation(Rollover rollover) {
    return new Lot(
        continuationId(),
        rollover.portable().isPresent() ? LotSource.PORTABLE : LotSource.ROLLOVER,
        rollover.priority(),
        expiry,
        rollover.until(),
        0,
        0,
        0,
        0,
        0,
        Carry.from(id));
  }

  /** Nanos settled from it. */
  public long settled() {
    return fixed + folded;
  }

  /** Nanos that are neither settled, held, expired nor carried on. */
  public long free() {
    return amount - held - fixed - folded - expired - carry.out();
  }

  /** Nanos in holds, or settled whatever usage comes. */
  public long pinned() {
    return held + fixed;
  }

  /** Nanos that usage without a hold may take. */
  long capacity() {
    return amount - held - fixed;
  }

  public boolean openAt(long minute) {
    return effective <= minute && minute < expiry;
  }

  /** Whether it can pay for a call of that minute. */
  public boolean paysAt(long minute) {
    return openAt(minute) && source != LotSource.PORTABLE;
  }

  /** Whether it ends with an employment, so that its rest is revoked. */
  public boolean endsWithEmployment() {
    return carry.rollover().filter(rollover -> rollover.portable().isPresent()).isPresent();
  }

  public boolean expiredAt(long minute) {
    return expiry <= minute;
  }

  /** With another end. */
  public Lot withExpiry(long minute, Optional<Rollover> rollover) {
    return copy(
        effective, minute, amount, held, fixed, folded, expired, carry.withRollover(rollover));
  }

  /** With another beginning. */
  public Lot withEffective(long minute) {
    return copy(minute, expiry, amount, held, fixed, folded, expired, carry);
  }

  /** With another amount, at least what is settled and held; what had expired makes room. */
  public Lot withAmount(long nanos) {
    return within(nanos, held, fixed, carry);
  }

  /**
   * With other pins. What they take back from what had expired, or gone on, is booked again right
   * after.
   */
  public Lot withPins(long heldNanos, long fixedNanos) {
    return within(amount, heldNanos, fixedNanos, carry);
  }

  /** With so much more, or less, of what holds gave back after its end. */
  public Lot lapsing(long nanos) {
    return carry.rollover().isEmpty()
        ? this
        : copy(
            effective,
            expiry,
            amount,
            held,
            fixed,
            folded,
            expired,
            carry.withLapsed(Math.max(0, carry.lapsed() + nanos)));
  }

  public Lot withUse(long foldedNanos, long expiredNanos) {
    return copy(effective, expiry, amount, held, fixed, foldedNanos, expiredNanos, carry);
  }

  /** With what usage took, what went on, and what expired of it. */
  public Lot withEnd(long foldedNanos, long outNanos, long expiredNanos) {
    return copy(
        effective, expiry, amount, held, fixed, foldedNanos, expiredNanos, carry.withOut(outNanos));
  }

  /** With so much from the lot that it continues; what is pinned stays. */
  public Lot withCarriedIn(long nanos) {
    long other = Math.max(pinned(), amount - carry.in() + nanos);
    return within(other, held, fixed, carry.withIn(nanos));
  }

  /** With a part of what usage took fixed: its segment is closed. */
  public Lot withFixedUse(long nanos) {
    return copy(effective, expiry, amount, held, fixed + nanos, folded - nanos, expired, carry);
  }

  /** The same lot before anything was granted. */
  public Lot withNothing() {
    return copy(effective, expiry, 0, 0, 0, 0, 0, carry.withOut(0).withIn(0));
  }

  /** What had expired, or gone on, or was folded gives way to what is pinned. */
  private Lot within(long nanos, long heldNanos, long fixedNanos, Carry carried) {
    long room = nanos - heldNanos - fixedNanos;
    long foldedNow = Math.min(folded, room);
    long outNow = Math.min(carried.out(), room - foldedNow);
    long expiredNow = Math.min(expired, room - foldedNow - outNow);
    return copy(
        effective,
        expiry,
        nanos,
        heldNanos,
        fixedNanos,
        foldedNow,
        expiredNow,
        carried.withOut(outNow));
  }

  private Lot copy(
      long effectiveMinute,
      long expiryMinute,
      long amountNanos,
      long heldNanos,
      long fixedNanos,
      long foldedNanos,
      long expiredNanos,
      Carry carried) {
    return new Lot(
        id,
        source,
        priority,
        effectiveMinute,
        expiryMinute,
        amountNanos,
        heldNanos,
        fixedNanos,
        foldedNanos,
        expiredNanos,
        carried);
  }
}
