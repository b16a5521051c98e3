package dev.fourthpillar.usage.settle;

import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.usage.booked.BookedHold;
import dev.fourthpillar.usage.booked.BookedHoldRepository;
import dev.fourthpillar.usage.due.DueRepository;
import dev.fourthpillar.usage.due.MatchDueRepository;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.IdentityClaim;
import dev.fourthpillar.usage.evidence.SeriesPoint;
import dev.fourthpillar.usage.gate.GateRepository;
import dev.fourthpillar.usage.gate.GateService;
import dev.fourthpillar.usage.gate.Gates;
import dev.fourthpillar.usage.identity.People;
import dev.fourthpillar.usage.identity.PersonRepository;
import dev.fourthpillar.usage.pricebook.PriceBookService;
import dev.fourthpillar.usage.store.UnitEvidenceRepository;
import dev.fourthpillar.usage.store.UnitRepository;
import dev.fourthpillar.usage.unit.UnitEvidence;
import dev.fourthpillar.usage.unmatched.UnmatchedRuleRepository;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Values units: reads what decides, decides, and writes value, settlements and sums together. The
 * number of statements does not depend on the number of units.
 */
@Singleton
public final class ValuationService implements Valuation {
  /** An engineer who had a hold this long before a call uses holds. */
  public static final Duration HOLDS_BEFORE = Duration.ofDays(30);

  /** Nor does it matter whether the hold came a little later. */
  public static final Duration HOLDS_AFTER = Duration.ofHours(1);

  private final Transactions transactions;
  private final UnitRepository units;
  private final UnitEvidenceRepository evidence;
  private final ValueRepository values;
  private final SettlementRepository settlements;
  private final RollupRepository rollups;
  private final DueRepository due;
  private final PriceBookService prices;
  private final PersonRepository people;
  private final GateService gates;
  private final GateRepository pseudonyms;
  private final BookedHoldRepository holds;
  private final UnmatchedRuleRepository unmatched;
  private final MatchDueRepository matchDue;
  private final SettleConfig config;
  private final InstantSource clock;

  public ValuationService(
      Transactions transactions,
      UnitRepository units,
      UnitEvidenceRepository evidence,
      ValueRepository values,
      SettlementRepository settlements,
      RollupRepository rollups,
      DueRepository due,
      PriceBookService prices,
      PersonRepository people,
      GateService gates,
      GateRepository pseudonyms,
      BookedHoldRepository holds,
      UnmatchedRuleRepository unmatched,
      MatchDueRepository matchDue,
      SettleConfig config,
      InstantSource clock) {
    this.transactions = transactions;
    this.units = units;
    this.evidence = evidence;
    this.values = values;
    this.settlements = settlements;
    this.rollups = rollups;
    this.due = due;
    this.prices = prices;
    this.people = people;
    this.gates = gates;
    this.pseudonyms = pseudonyms;
    this.holds = holds;
    this.unmatched = unmatched;
    this.matchDue = matchDue;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Decides again on units whose time has come, one batch of them.
   *
   * @return how many were taken
   */
  int revalueDue() {
    return transactions.run(
        handle -> {
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          List<Long> taken = due.take(handle, now, config.sweepBatch());
          if (!taken.isEmpty()) {
            Set<Long> distinct = new TreeSet<>(taken);
            units.lock(handle, distinct);
            revalue(handle, distinct, List.of(), now);
          }
          return taken.size();
        });
  }

  @Override
  public void revalue(
      Handle handle, Collection<Long> changed, Collection<UnitEvidence> opened, Instant now) {
    due.read(handle);
    List<UnitEvidence> read = new ArrayList<>(evidence.of(handle, changed));
    read.addAll(opened);
    Map<Long, UnitValue> before = values.find(handle, changed);
    Known known = known(handle, read, values.past(handle, changed), now);
    Valuer valuer = new Valuer(known);

    List<UnitValue> written = new ArrayList<>();
    List<Settlement> charged = new ArrayList<>();
    Map<Rollups.Key, Rollups.Sums> moves = new HashMap<>();
    List<Long> again = new ArrayList<>();
    List<MatchDueRepository.Around> toMatch = new ArrayList<>();
    List<Instant> againAt = new ArrayList<>();
    for (UnitEvidence unit : read) {
      Optional<UnitValue> old = Optional.ofNullable(before.get(unit.unit()));
      Optional<Valuer.Decided> decided = valuer.decide(unit, old);
      if (decided.isEmpty()) {
        continue;
      }
      UnitValue value = decided.get().value();
      if (old.isEmpty() || !old.get().equals(value)) {
        UnitValue revised = value.withRevision(value.revision() + 1);
        written.add(revised);
        charged.addAll(Settlement.between(old, revised));
        Rollups.move(moves, old, revised);
        if (newlyOf(old, revised)) {
          unheld(revised)
              .filter(known.nearHolds()::contains)
              .ifPresent(
                  call ->
                      toMatch.add(
                          new MatchDueRepository.Around(call.engineer(), call.eventTime())));
        }
      }
      decided
          .get()
          .lookAgain()
          .filter(_ -> old.isEmpty() || old.get().state() != value.state() || isDue(value, now))
          .ifPresent(
              time -> {
                again.add(unit.unit());
                againAt.add(time);
              });
    }
    values.put(handle, written);
    settlements.append(handle, charged, now);
    List<Long> covered = new ArrayList<>(values.standIns(handle, covering(read)));
    covered.addAll(around(handle, read, before));
    covered.forEach(
        unit -> {
          again.add(unit);
          againAt.add(now);
        });
    due.add(handle, again, againAt);
    matchDue.add(handle, toMatch, now.plus(config.unmatchedWait()));
    // The only rows that batches about different calls share: last, and so held for the shortest.
    rollups.move(handle, moves);
  }

  /** Whether it has become this person's. */
  private static boolean newlyOf(Optional<UnitValue> before, UnitValue after) {
    return before.filter(old -> old.party().subject().equals(after.party().subject())).isEmpty();
  }

  /** Of a call that found no hold: whose it is, and when it was made. */
  private static Optional<BookedHoldRepository.Call> unheld(UnitValue value) {
    return value
        .party()
        .subject()
        .filter(_ -> value.booked().isEmpty() && !value.party().pseudonymous())
        .map(engineer -> new BookedHoldRepository.Call(engineer, value.eventTime()));
  }

  /** What stands around units that are new, and so repeats them. */
  private List<Long> around(Handle handle, List<UnitEvidence> read, Map<Long, UnitValue> before) {
    Set<Long> parents = new HashSet<>();
    for (UnitEvidence unit : read) {
      if (!before.containsKey(unit.unit())) {
        unit.evidence().stream()
            .flatMap(report -> report.span().stream())
            .forEach(span -> span.parent().ifPresent(parents::add));
      }
    }
    return parents.isEmpty() ? List.of() : values.ofSpans(handle, parents);
  }

  /** A unit that waits is told of once when it begins to, and again whenever it was looked at. */
  private static boolean isDue(UnitValue value, Instant now) {
    return value.state() == UnitState.WAITING && value.firstReceived().isBefore(now);
  }

  private Known known(
      Handle handle, List<UnitEvidence> read, Map<Long, ValueRepository.Past> past, Instant now) {
    List<Facts> facts =
        read.stream().filter(unit -> !unit.evidence().isEmpty()).map(Facts::new).toList();
    Set<IdentityClaim> claims = new HashSet<>();
    Set<BookedHold.Id> named = new HashSet<>();
    facts.forEach(
        fact -> {
          claims.addAll(fact.claims());
          named.addAll(fact.holds());
        });
    Set<String> holders = new HashSet<>();
    named.forEach(id -> holders.add(id.engineer()));
    Map<BookedHold.Id, BookedHold> booked = holds.find(handle, named);
    People known = people.people(handle, claims, holders);
    Gates gate = gates.gates(handle);
    Set<GateRepository.Closed> closed = new HashSet<>();
    Set<BookedHoldRepository.Call> calls = new HashSet<>();
    Set<String> attributed = new HashSet<>();
    Set<String> credentials = new HashSet<>();
    List<ValueRepository.Sessionless> sessionless = new ArrayList<>();
    for (Facts fact : facts) {
      Attribution attribution = Attribution.of(fact, known, gate, booked);
      sessionless.addAll(sessionless(fact, attribution));
      attribution.closed().ifPresent(closed::add);
      if (attribution.hold().isEmpty()) {
        attribution
            .engineer()
            .ifPresent(
                id -> {
                  attributed.add(id);
                  calls.add(new BookedHoldRepository.Call(id, fact.eventTime()));
                });
        credentials.addAll(fact.credentials());
      }
    }
    Set<Long> covered = new HashSet<>(values.covered(handle, lower(facts)));
    covered.addAll(values.coveredBySessions(handle, sessionless));
    return new Known(
        now,
        config.grace(),
        config.unmatchedWait(),
        prices.times(handle),
        known,
        gate,
        pseudonyms.pseudonyms(handle, closed),
        booked,
        holds.withHoldAround(handle, calls, HOLDS_BEFORE, HOLDS_AFTER),
        covered,
        aroundOthers(handle, facts),
        Set.copyOf(config.metricsOnly()),
        unmatched.rules(handle, attributed, credentials),
        past);
  }

  private Set<Long> aroundOthers(Handle handle, List<Facts> facts) {
    List<ValueRepository.SpanOf> spans = new ArrayList<>();
    for (Facts fact : facts) {
      fact.spans().forEach(span -> spans.add(new ValueRepository.SpanOf(fact.unit(), span.self())));
    }
    return spans.isEmpty() ? Set.of() : values.aroundOthers(handle, spans);
  }

  private static List<ValueRepository.Sessionless> sessionless(
      Facts fact, Attribution attribution) {
    if (fact.counted()
        || attribution.engineer().isEmpty()
        || fact.installationWithoutSession().isEmpty()) {
      return List.of();
    }
    return List.of(
        new ValueRepository.Sessionless(
            fact.unit(),
            attribution.engineer().get(),
            fact.tool(),
            fact.installationWithoutSession().get(),
            fact.since(),
            fact.until(),
            fact.rank()));
  }

  private static List<ValueRepository.LowerUnit> lower(List<Facts> facts) {
    return facts.stream()
        .filter(fact -> !fact.counted())
        .map(
            fact ->
                new ValueRepository.LowerUnit(
                    fact.unit(),
                    fact.groupTool(),
                    fact.groupValue(),
                    fact.since(),
                    fact.until(),
                    fact.rank()))
        .toList();
  }

  /** What each report covers; the lowest of them nothing. */
  private static Set<ValueRepository.Covering> covering(List<UnitEvidence> read) {
    Set<ValueRepository.Covering> covering = new HashSet<>();
    for (UnitEvidence unit : read) {
      for (Evidence report : unit.evidence()) {
        Instant since = report.point().map(SeriesPoint::windowStart).orElseGet(report::eventTime);
        covering.add(
            new ValueRepository.Covering(
                Valuer.group(report.group().tool(), report.group().value()),
                since,
                report.point().isPresent() ? since.plus(SeriesPoint.WINDOW) : since,
                report.rank()));
      }
    }
    return covering;
  }
}
