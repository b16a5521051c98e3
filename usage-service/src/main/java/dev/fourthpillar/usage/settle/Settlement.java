package dev.fourthpillar.usage.settle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change of what is charged.
 *
 * @param revision of the unit, that made it
 * @param change may be negative
 */
public record Settlement(long unit, long revision, Cause cause, Charge change) {

  /**
   * What brings the charges from one value of a unit to the next: nothing where they are the same,
   * one change where the line is the same, else the old line's opposite and the new line.
   */
  static List<Settlement> between(Optional<UnitValue> before, UnitValue after) {
    Optional<Charge> old = before.flatMap(Charge::of);
    Optional<Charge> now = Charge.of(after);
    return between(old, now, after, cause(before, old, after, now));
  }

  /** The same, where it is known why. */
  static List<Settlement> between(UnitValue before, UnitValue after, Cause cause) {
    return between(Charge.of(before), Charge.of(after), after, cause);
  }

  private static List<Settlement> between(
      Optional<Charge> old, Optional<Charge> now, UnitValue after, Cause cause) {
    List<Charge> changes = new ArrayList<>();
    if (old.isPresent() && now.isPresent() && now.get().line().continues(old.get().line())) {
      changes.add(now.get().minus(old.get()));
    } else {
      old.ifPresent(charge -> changes.add(charge.negated()));
      now.ifPresent(changes::add);
    }
    return changes.stream()
        .filter(change -> !change.isNothing())
        .map(change -> new Settlement(after.unit(), after.revision(), cause, change))
        .toList();
  }

  private static Cause cause(
      Optional<UnitValue> before, Optional<Charge> old, UnitValue after, Optional<Charge> now) {
    if (after.state() == UnitState.VOID) {
      return Cause.VOIDED;
    }
    if (after.state() == UnitState.SUPPRESSED) {
      return Cause.SUPPRESSED;
    }
    boolean throughHold = now.isPresent() && now.get().line().through().isPresent();
    if (throughHold && !old.flatMap(c -> c.line().through()).equals(now.get().line().through())) {
      return Cause.MATCHED_HOLD;
    }
    if (old.isEmpty()) {
      return begins(before, after);
    }
    if (now.isEmpty()) {
      return after.state() == UnitState.UNATTRIBUTED ? Cause.ATTRIBUTED : Cause.REVISED;
    }
    boolean samePayer = old.get().line().engineer().equals(now.get().line().engineer());
    return samePayer ? Cause.REVISED : Cause.ATTRIBUTED;
  }

  private static Cause begins(Optional<UnitValue> before, UnitValue after) {
    if (after.flags().contains(Valuer.REVIEWED)) {
      return Cause.REVIEWED;
    }
    return before.filter(b -> b.state() == UnitState.UNATTRIBUTED).isPresent()
        ? Cause.ATTRIBUTED
        : Cause.USAGE;
  }
}
