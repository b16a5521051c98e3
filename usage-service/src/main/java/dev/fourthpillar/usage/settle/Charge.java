package dev.fourthpillar.usage.settle;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a unit should charge now. Through a hold: what the hold has not booked.
 *
 * @param line where it is charged, and what for
 * @param quantities by meter code; a part may be negative where a hold booked more
 */
public record Charge(
    Line line, SortedMap<String, Long> quantities, long listNanos, long employerNanos) {

  public Charge {
    SortedMap<String, Long> kept = new TreeMap<>(quantities);
    kept.values().removeIf(count -> count == 0);
    quantities = Collections.unmodifiableSortedMap(kept);
  }

  /** What lines are told apart by. */
  public record Line(
      String engineer,
      boolean pseudonymous,
      Instant minute,
      String provider,
      String model,
      String project,
      String tool,
      String agent,
      List<String> tags,
      String currency,
      Optional<Through> through) {
    public Line {
      tags = List.copyOf(tags);
    }

    /**
     * Whether a change can stand alone on this line. Through a hold it can whatever became known of
     * the call besides: the hold pays, and knows what for.
     */
    boolean continues(Line before) {
      return equals(before)
          || (through.isPresent()
              && through.equals(before.through)
              && engineer.equals(before.engineer)
              && currency.equals(before.currency));
    }
  }

  /** The hold that pays. */
  public record Through(String hold, int attempt) {}

  static Optional<Charge> of(UnitValue value) {
    if (value.state() != UnitState.SETTLED) {
      return Optional.empty();
    }
    Line line =
        new Line(
            value.party().payer().orElseThrow(),
            value.party().pseudonymous() && value.party().payer().equals(value.party().subject()),
            value.eventTime().truncatedTo(ChronoUnit.MINUTES),
            value.matter().provider(),
            value.matter().model(),
            value.matter().project(),
            value.matter().tool(),
            value.matter().agent(),
            value.matter().tags(),
            value.worth().currency().orElseThrow(),
            value.booked().map(booked -> new Through(booked.hold(), booked.attempt())));
    SortedMap<String, Long> quantities = new TreeMap<>();
    value.worth().meters().forEach((meter, cost) -> quantities.put(meter, cost.quantity()));
    long list = value.worth().listNanos();
    long employer = value.worth().employerNanos();
    if (value.booked().isPresent()) {
      UnitValue.Booked booked = value.booked().get();
      booked.quantities().forEach((meter, count) -> quantities.merge(meter, -count, Long::sum));
      list = Math.subtractExact(list, booked.listNanos());
      employer = Math.subtractExact(employer, booked.employerNanos());
    }
    return Optional.of(new Charge(line, quantities, list, employer));
  }

  Charge negated() {
    SortedMap<String, Long> opposite = new TreeMap<>();
    quantities.forEach((meter, count) -> opposite.put(meter, -count));
    return new Charge(line, opposite, -listNanos, -employerNanos);
  }

  Charge minus(Charge before) {
    SortedMap<String, Long> change = new TreeMap<>(quantities);
    before.quantities.forEach((meter, count) -> change.merge(meter, -count, Long::sum));
    return new Charge(
        line,
        change,
        Math.subtractExact(listNanos, before.listNanos),
        Math.subtractExact(employerNanos, before.employerNanos));
  }

  boolean isNothing() {
    return listNanos == 0 && employerNanos == 0 && quantities.isEmpty();
  }
}
