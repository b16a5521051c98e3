package dev.fourthpillar.charging.model;

import dev.fourthpillar.charging.world.Attempt;
import dev.fourthpillar.charging.world.BookActivated;
import dev.fourthpillar.charging.world.Claim;
import dev.fourthpillar.charging.world.Cost;
import dev.fourthpillar.charging.world.Delivery;
import dev.fourthpillar.charging.world.HoldAccount;
import dev.fourthpillar.charging.world.HoldAccount.Booking;
import dev.fourthpillar.charging.world.PersonTold;
import dev.fourthpillar.charging.world.Price;
import dev.fourthpillar.charging.world.RatePublished;
import dev.fourthpillar.charging.world.Report;
import dev.fourthpillar.charging.world.Source;
import dev.fourthpillar.charging.world.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Charging as its rules say it: every delivery updates units, and whenever what a unit should
 * charge differs from what was emitted for it, the difference is emitted. Everything is looked at
 * again after every delivery, which is slow and cannot forget anything.
 *
 * <p>A test breaks it by overriding one of the decisions that are not final.
 */
public class Charging {
  /** Who is charged for those who may not be metered by name. */
  public static final String EMPLOYER = "the employer";

  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final Duration UNMATCHED_WAIT = Duration.ofMinutes(2);
  private static final Duration HOLDS_BEFORE = Duration.ofDays(30);
  private static final Duration HOLDS_AFTER = Duration.ofHours(1);
  private static final Duration ELECTION = Duration.ofHours(1);

  private final Comparator<Report> tieBreak;
  private final List<Unit> units = new ArrayList<>();
  private final Map<Attempt.HoldId, HoldAccount> holds = new HashMap<>();
  private final Map<String, PersonTold> people = new TreeMap<>();
  private final Map<String, Price> prices = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final List<Settlement> settlements = new ArrayList<>();
  private final Rollups rollups = new Rollups();
  private Instant now = Instant.MIN;

  /**
   * @param tieBreak which of two contents of equal rank counts: the rules leave it open, but that
   *     it does not depend on arrival
   */
  public Charging(Comparator<Report> tieBreak) {
    this.tieBreak = tieBreak;
  }

  public final void accept(Delivery delivery, Instant at) {
    now = at;
    switch (delivery) {
      case Report report -> take(report);
      case HoldAccount account -> {
        holds.merge(account.id(), account, (a, b) -> b.sequence() > a.sequence() ? b : a);
        account.reports().forEach(this::take);
      }
      case PersonTold told ->
          people.merge(told.engineer(), told, (a, b) -> b.version() > a.version() ? b : a);
      case BookActivated book -> prices.putAll(book.prices());
      case RatePublished _ -> {
        // Says nothing of what a call costs.
      }
    }
    decideAll();
  }

  /** All waits are over. */
  public final void rest() {
    now = Instant.MAX.minus(GRACE);
    decideAll();
  }

  private void take(Report report) {
    Set<String> names = report.names();
    List<Unit> same =
        units.stream().filter(unit -> !Collections.disjoint(unit.names, names)).toList();
    Unit survivor = same.isEmpty() ? open() : same.getFirst();
    same.stream().skip(1).forEach(survivor::absorb);
    survivor.add(report);
  }

  private Unit open() {
    Unit unit = new Unit(units.size(), now);
    units.add(unit);
    return unit;
  }

  private void decideAll() {
    for (Unit unit : units) {
      Optional<Value> before = unit.value;
      Optional<Value> after =
          unit.merged ? before.map(v -> v.in(State.VOID)) : Optional.of(decide(unit));
      unit.value = after;
      if (!before.equals(after)) {
        changes(before.flatMap(Value::charge), after.flatMap(Value::charge)).stream()
            .filter(change -> !change.isNothing())
            .forEach(change -> emit(unit, change));
        sum(before, after);
      }
    }
  }

  private Value decide(Unit unit) {
    Report measure = measure(unit.reports);
    Tokens tokens = measure.tokens();
    Optional<Attempt> through = through(unit.reports);
    List<Booking> bookings = through.map(attempt -> bookings(unit, attempt)).orElse(List.of());
    Cost booked = bookings.stream().map(Booking::booked).reduce(Cost.NOTHING, Cost::plus);
    Tokens bookedTokens = bookings.stream().map(Booking::tokens).reduce(Tokens.NONE, Tokens::plus);
    boolean estimate =
        tokens.isNone() && unit.reports.stream().allMatch(r -> r.source() == Source.HOLD);
    Optional<Price> price = Optional.ofNullable(prices.get(measure.model()));
    Cost worth = estimate ? booked : price.map(p -> p.of(tokens)).orElse(Cost.NOTHING);
    Optional<String> payer =
        through.isPresent()
            ? through.map(Attempt::engineer).filter(people::containsKey)
            : claimed(unit).map(this::payer);
    State state;
    if (!unit.counted() && covered(measure)) {
      state = State.SUPPRESSED;
    } else if (waits(unit, measure, through)) {
      state = State.WAITING;
    } else if (payer.isEmpty()) {
      state = State.UNATTRIBUTED;
    } else if (price.isEmpty() && !estimate) {
      state = State.UNPRICED;
    } else {
      state = State.SETTLED;
    }
    return new Value(
        state,
        payer,
        measure.time(),
        measure.model(),
        worth,
        tokens,
        through,
        booked,
        bookedTokens,
        estimate);
  }

  /** Whose quantities and price count: a report that has some, the one nearest to the provider. */
  Report measure(Collection<Report> inOrderOfArrival) {
    return inOrderOfArrival.stream()
        .min(
            Comparator.<Report, Boolean>comparing(report -> report.tokens().isNone())
                .thenComparing(Report::source)
                .thenComparing(Charging::settlement, Comparator.reverseOrder())
                .thenComparing(tieBreak))
        .orElseThrow();
  }

  /** Of a hold's accounts the latest counts; nobody else has several. */
  private static int settlement(Report report) {
    return report.source() == Source.HOLD ? report.version() : 0;
  }

  /** The attempt that pays: one that was told, or one named of a hold that was told. */
  Optional<Attempt> through(Collection<Report> reports) {
    Stream<Attempt> told =
        reports.stream().filter(r -> r.source() == Source.HOLD).flatMap(r -> r.hold().stream());
    Stream<Attempt> named =
        reports.stream()
            .flatMap(report -> report.hold().stream())
            .filter(attempt -> holds.containsKey(attempt.id()));
    return told.min(Comparator.naturalOrder()).or(() -> named.min(Comparator.naturalOrder()));
  }

  /** Attempts that prove to be one call count together. */
  private List<Booking> bookings(Unit unit, Attempt through) {
    List<Attempt> attempts =
        new ArrayList<>(
            unit.reports.stream()
                .filter(report -> report.source() == Source.HOLD)
                .flatMap(report -> report.hold().stream())
                .distinct()
                .toList());
    if (attempts.isEmpty()) {
      attempts.add(through);
    }
    return attempts.stream()
        .flatMap(
            attempt ->
                holds.get(attempt.id()).bookings().stream()
                    .filter(booking -> booking.attempt() == attempt.number()))
        .toList();
  }

  /** The first claim that means somebody known; those of clients come first. */
  private Optional<String> claimed(Unit unit) {
    return unit.reports.stream()
        .sorted(Comparator.comparing(Report::source, Comparator.reverseOrder()))
        .flatMap(report -> report.claims().stream())
        .flatMap(claim -> meant(claim).stream())
        .findFirst();
  }

  private Optional<String> meant(Claim claim) {
    return switch (claim) {
      case Claim.Engineer(String id) -> Optional.of(id).filter(people::containsKey);
      case Claim.Email(String address) -> {
        List<String> owners =
            people.values().stream()
                .filter(person -> person.emails().contains(address))
                .map(PersonTold::engineer)
                .toList();
        // An address that two people have says nothing.
        yield owners.size() == 1 ? Optional.of(owners.getFirst()) : Optional.empty();
      }
    };
  }

  private String payer(String engineer) {
    return people.get(engineer).gateClosed() ? EMPLOYER : engineer;
  }

  /** Whether a counted report of its session lies within an hour. */
  boolean covered(Report lower) {
    return units.stream()
        .flatMap(unit -> unit.reports.stream())
        .filter(report -> report.source().counted() && report.group().equals(lower.group()))
        .anyMatch(
            report -> Duration.between(report.time(), lower.time()).abs().compareTo(ELECTION) <= 0);
  }

  private boolean waits(Unit unit, Report measure, Optional<Attempt> through) {
    if (unit.wasCharged() || through.isPresent()) {
      return false;
    }
    if (!unit.counted()) {
      return now.isBefore(unit.since.plus(GRACE));
    }
    return awaitsHold(unit, measure) && now.isBefore(unit.since.plus(UNMATCHED_WAIT));
  }

  private boolean awaitsHold(Unit unit, Report measure) {
    Instant from = measure.time().minus(HOLDS_BEFORE);
    Instant until = measure.time().plus(HOLDS_AFTER);
    return unit.reports.stream().anyMatch(report -> report.hold().isPresent())
        || holds.values().stream()
            .filter(hold -> claimed(unit).filter(hold.engineer()::equals).isPresent())
            .map(HoldAccount::reserved)
            .anyMatch(reserved -> !reserved.isBefore(from) && !reserved.isAfter(until));
  }

  /** What leads from one charge to the next: on one line the difference, else −old and +new. */
  List<Charge> changes(Optional<Charge> before, Optional<Charge> after) {
    if (before.isPresent() && after.isPresent() && before.get().line().equals(after.get().line())) {
      return List.of(after.get().minus(before.get()));
    }
    return Stream.concat(before.map(Charge::negated).stream(), after.stream()).toList();
  }

  private void emit(Unit unit, Charge change) {
    long number = numbers.merge(change.line().payer(), 1L, Long::sum);
    settlements.add(new Settlement(number, unit.number, change));
    unit.emitted.add(change);
  }

  void sum(Optional<Value> before, Optional<Value> after) {
    rollups.move(before, after);
  }

  /** Every change that was emitted, in order. */
  public final List<Settlement> settlements() {
    return List.copyOf(settlements);
  }

  /** A unit, the reports of it, and all that was ever emitted for it. */
  public record View(int number, Value value, List<Report> reports, List<Charge> emitted) {}

  public final List<View> units() {
    return units.stream()
        .map(
            unit ->
                new View(
                    unit.number,
                    unit.value.orElseThrow(),
                    List.copyOf(unit.reports),
                    List.copyOf(unit.emitted)))
        .toList();
  }

  /** How the hold stands, if it was told. */
  public final Optional<HoldAccount> hold(Attempt.HoldId id) {
    return Optional.ofNullable(holds.get(id));
  }

  final Map<Rollups.Key, Rollups.Sums> rollups() {
    return rollups.sums();
  }
}
