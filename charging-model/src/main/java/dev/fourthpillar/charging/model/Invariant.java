package dev.fourthpillar.charging.model;

import dev.fourthpillar.charging.world.Cost;
import dev.fourthpillar.charging.world.HoldAccount.Outcome;
import dev.fourthpillar.charging.world.Report;
import dev.fourthpillar.charging.world.Tokens;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What holds of every state of charging that can be reached, whatever arrived. */
public enum Invariant {
  /** Σ deltas of a unit per engineer = what that engineer is charged now. */
  DELTAS_ARE_THE_CHARGE {
    @Override
    Optional<String> broken(Charging charging, Charging.View unit) {
      Map<String, Cost> now = new HashMap<>();
      unit.value()
          .charge()
          .filter(charge -> !charge.cost().equals(Cost.NOTHING))
          .ifPresent(charge -> now.put(charge.line().payer(), charge.cost()));
      return unless(deltas(unit).equals(now), "charges", deltas(unit));
    }
  },

  /** Hold bookings + Σ deltas = value. */
  BOOKINGS_AND_DELTAS_ARE_THE_VALUE {
    @Override
    Optional<String> broken(Charging charging, Charging.View unit) {
      if (unit.value().state() != State.SETTLED) {
        return Optional.empty();
      }
      Cost sum = unit.value().booked();
      for (Cost delta : deltas(unit).values()) {
        sum = sum.plus(delta);
      }
      return unless(sum.equals(unit.value().worth()), "booked and charged:", sum);
    }
  },

  /** Nothing is charged while a unit is SUPPRESSED or VOID, or not settled at all. */
  ONLY_SETTLED_UNITS_CHARGE {
    @Override
    Optional<String> broken(Charging charging, Charging.View unit) {
      return unless(
          unit.value().state() == State.SETTLED || deltas(unit).isEmpty(), "charges", deltas(unit));
    }
  },

  /** A changed engineer gives −old: whoever does not pay now is charged nothing. */
  FORMER_PAYERS_ARE_CHARGED_NOTHING {
    @Override
    Optional<String> broken(Charging charging, Charging.View unit) {
      Set<String> charged = new HashSet<>(deltas(unit).keySet());
      unit.value().charge().ifPresent(charge -> charged.remove(charge.line().payer()));
      return unless(charged.isEmpty(), "still charges", charged);
    }
  },

  /** A call with a hold, RELEASED or not, is charged to the hold's payer. */
  THE_HOLD_PAYS {
    @Override
    Optional<String> broken(Charging charging, Charging.View unit) {
      boolean held =
          unit.reports().stream()
              .flatMap(report -> report.hold().stream())
              .anyMatch(attempt -> charging.hold(attempt.id()).isPresent());
      Set<String> holders = new HashSet<>();
      unit.reports()
          .forEach(report -> report.hold().ifPresent(attempt -> holders.add(attempt.engineer())));
      return unless(
          !held || holders.containsAll(deltas(unit).keySet()), "charges others than", holders);
    }
  },

  /** A call of a hold that was released is charged in full: nothing was booked for it. */
  RELEASED_BUT_MATCHED_IS_CHARGED {
    @Override
    Optional<String> broken(Charging charging, Charging.View unit) {
      Value value = unit.value();
      boolean released =
          value
              .through()
              .flatMap(attempt -> charging.hold(attempt.id()))
              .filter(hold -> hold.outcome() == Outcome.RELEASED)
              .isPresent();
      if (!released || value.state() != State.SETTLED) {
        return Optional.empty();
      }
      Cost charged = deltas(unit).values().stream().reduce(Cost.NOTHING, Cost::plus);
      return unless(charged.equals(value.worth()), "of a released hold charges", charged);
    }
  },

  /** ESTIMATED never matched stays at the estimate. */
  AN_ESTIMATE_STANDS {
    @Override
    Optional<String> broken(Charging charging, Charging.View unit) {
      return unless(
          !unit.value().estimate() || deltas(unit).isEmpty(), "moves an estimate by", deltas(unit));
    }
  };

  abstract Optional<String> broken(Charging charging, Charging.View unit);

  /** Of every unit that breaks it, how. */
  List<String> broken(Charging charging, List<Charging.View> units) {
    return units.stream()
        .flatMap(unit -> broken(charging, unit).map(how -> unit.value() + " " + how).stream())
        .toList();
  }

  /** Rollups = Σ units: moved by differences, they are what counting anew would give. */
  static List<String> wrongSums(Charging charging, List<Charging.View> units) {
    Rollups anew = new Rollups();
    units.forEach(unit -> anew.move(Optional.empty(), Optional.of(unit.value())));
    return anew.sums().equals(charging.rollups())
        ? List.of()
        : List.of("sums %s (expected: %s)".formatted(charging.rollups(), anew.sums()));
  }

  /**
   * Each call is charged once, however often and by whomever it is reported. Holds only at rest:
   * before, what proves two units to be one may be on its way.
   */
  static List<String> chargedTwice(List<Charging.View> units) {
    Map<Integer, Set<Integer>> unitsOfCalls = new HashMap<>();
    for (Charging.View unit : units) {
      Value value = unit.value();
      if (value.state() == State.SETTLED
          && !(value.worth().equals(Cost.NOTHING) && value.tokens().equals(Tokens.NONE))) {
        unit.reports().stream()
            .map(Report::call)
            .forEach(
                call ->
                    unitsOfCalls.computeIfAbsent(call, _ -> new HashSet<>()).add(unit.number()));
      }
    }
    return unitsOfCalls.entrySet().stream()
        .filter(call -> call.getValue().size() > 1)
        .map(call -> "call %d is units %s".formatted(call.getKey(), call.getValue()))
        .toList();
  }

  private static Optional<String> unless(boolean holds, String how, Object what) {
    return holds ? Optional.empty() : Optional.of(how + " " + what);
  }

  /** By engineer, without those to whom it comes to nothing. */
  private static Map<String, Cost> deltas(Charging.View unit) {
    Map<String, Cost> sums = new HashMap<>();
    unit.emitted().forEach(change -> sums.merge(change.line().payer(), change.cost(), Cost::plus));
    sums.values().removeIf(Cost.NOTHING::equals);
    return sums;
  }
}
