package dev.fourthpillar.usage.settle;

import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.usage.booked.BookedHold;
import dev.fourthpillar.usage.booked.BookedHoldRepository;
import dev.fourthpillar.usage.evidence.Fingerprint;
import dev.fourthpillar.usage.evidence.HoldAttempt;
import dev.fourthpillar.usage.evidence.SeriesPoint;
import dev.fourthpillar.usage.unit.UnitEvidence;
import dev.fourthpillar.usage.unmatched.Review;
import dev.fourthpillar.usage.unmatched.UnmatchedPolicy;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides what a unit is worth. Pure: the same evidence and the same knowledge end in the same
 * value, whatever was known in between; but for what time alone decides (a wait that is over does
 * not begin again) and for pseudonyms, which are never lifted.
 */
final class Valuer {
  /** Better evidence is looked for once more, for what was on its way at the first decision. */
  private static final long LOOK_AGAIN_SECONDS = 60;

  /** Waits for a person. */
  static final String AWAITS_REVIEW = "AWAITS_REVIEW";

  /** Found no hold, and a person decided that it is charged. */
  static final String REVIEWED = "REVIEWED";

  /** Found no hold, and a person decided that it is charged elsewhere. */
  static final String DISMISSED = "DISMISSED";

  private final Known known;

  Valuer(Known known) {
    this.known = known;
  }

  /**
   * A decision.
   *
   * @param lookAgain when it has to be decided again, if nothing happens before
   */
  record Decided(UnitValue value, Optional<Instant> lookAgain) {}

  /** Empty where there is nothing to decide: the evidence is gone, and the value stays. */
  Optional<Decided> decide(UnitEvidence unit, Optional<UnitValue> before) {
    if (unit.mergedInto().isPresent()) {
      return before.map(value -> new Decided(value.ended(UnitState.VOID), Optional.empty()));
    }
    if (unit.evidence().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(decide(unit.unit(), new Facts(unit), before));
  }

  private Decided decide(long unit, Facts facts, Optional<UnitValue> before) {
    Attribution attribution = Attribution.of(facts, known.people(), known.gates(), known.holds());
    Pricing pricing =
        Pricing.of(
            facts.priceable(), known.prices(), before.flatMap(value -> value.pricedBy().book()));
    Optional<UnitValue.Booked> booked = attribution.hold().map(hold -> booked(facts, hold));
    NavigableSet<String> flags = new TreeSet<>(facts.flags());
    flags.addAll(pricing.flags());
    if (attribution.disagrees()) {
      flags.add("HOLD_OF_ANOTHER_ENGINEER");
    }
    UnitValue.Worth worth = pricing.worth();
    boolean priced = pricing.priced();
    if (booked.isPresent() && facts.onlyEstimated()) {
      // Nobody has said how much it was: the estimate stands until somebody does.
      worth =
          new UnitValue.Worth(
              currency(facts, pricing),
              new TreeMap<>(),
              booked.get().listNanos(),
              booked.get().employerNanos());
      priced = worth.currency().isPresent();
      flags.add("ESTIMATED");
    }
    UnitValue.Party party = party(attribution, booked.isPresent(), before);
    Optional<ValueRepository.Past> past = Optional.ofNullable(known.past().get(unit));
    Instant first = past.map(ValueRepository.Past::firstReceived).orElse(known.now());
    Optional<Review> review =
        past.flatMap(ValueRepository.Past::review).filter(_ -> attribution.hold().isEmpty());
    review.filter(decided -> decided == Review.CHARGE).ifPresent(_ -> flags.add(REVIEWED));
    Wait wait = wait(unit, facts, attribution, before, first, review);
    Optional<String> suppressed = suppressed(unit, facts, attribution, review);
    suppressed.ifPresent(flags::add);
    if (wait.forReview() && suppressed.isEmpty()) {
      flags.add(AWAITS_REVIEW);
    }

    UnitState state;
    if (suppressed.isPresent()) {
      state = UnitState.SUPPRESSED;
    } else if (wait.waits()) {
      state = UnitState.WAITING;
    } else if (party.payer().isEmpty()) {
      state = UnitState.UNATTRIBUTED;
    } else if (!priced) {
      state = UnitState.UNPRICED;
    } else {
      state = UnitState.SETTLED;
    }
    boolean standsIn = state != UnitState.SUPPRESSED && !facts.counted();
    if (facts.isWindow()) {
      flags.add("WINDOW");
    }
    if (standsIn) {
      flags.add("STANDS_IN");
    }
    UnitValue value =
        new UnitValue(
            unit,
            state,
            before.map(UnitValue::revision).orElse(0L),
            facts.eventTime(),
            party,
            new UnitValue.Matter(
                pricing.provider(),
                pricing.model(),
                facts.model().orElse(""),
                pricing.resolution(),
                facts.tool(),
                facts.project(),
                facts.agent(),
                facts.tags()),
            facts.place(),
            new UnitValue.PricedBy(
                pricing.book(),
                facts.priceable().provider(),
                facts.priceable().serviceTier(),
                facts.priceable().region()),
            worth,
            booked,
            flags,
            facts.claimKeys(),
            standsIn ? Optional.of(group(facts.groupTool(), facts.groupValue())) : Optional.empty(),
            first,
            facts.isWindow(),
            facts.rank());
    boolean waited = before.map(b -> b.state() == UnitState.WAITING).orElse(true);
    boolean newlyStandsIn =
        (standsIn && state != UnitState.WAITING && waited)
            || (before.isEmpty() && !facts.spans().isEmpty());
    return new Decided(
        value,
        newlyStandsIn
            ? Optional.of(lookAgain(facts))
            : wait.until().filter(_ -> state == UnitState.WAITING));
  }

  /** What names no session is found by nobody, and so looks when what may cover it has come. */
  private Instant lookAgain(Facts facts) {
    Instant soon = known.now().plusSeconds(LOOK_AGAIN_SECONDS);
    Instant over = facts.until().plus(SeriesPoint.WINDOW).plus(known.grace());
    return facts.installationWithoutSession().isPresent() && over.isAfter(soon) ? over : soon;
  }

  /**
   * Why it does not count, if so: a higher signal covers it, it stands around a call that counts, a
   * person decided so, or the engineer's calls are told by holds, which a window cannot be matched
   * with.
   */
  private Optional<String> suppressed(
      long unit, Facts facts, Attribution attribution, Optional<Review> review) {
    if (!facts.counted() && known.covered().contains(unit)) {
      return Optional.of("COVERED");
    }
    if (known.around().contains(unit)) {
      return Optional.of("AROUND_CALLS");
    }
    if (review.filter(decided -> decided == Review.DISMISS).isPresent()) {
      return Optional.of(DISMISSED);
    }
    return facts.isWindow() && unmatched(facts, attribution) != UnmatchedPolicy.CHARGE_NOW
        ? Optional.of("RECONCILES_HOLDS")
        : Optional.empty();
  }

  /** A fingerprint: groups have no length that an index could rely on. */
  static long group(String tool, String value) {
    return Fingerprint.of(List.of(tool, value)).high();
  }

  /**
   * Whether it waits.
   *
   * @param until absent where only a person ends it
   */
  private record Wait(boolean waits, Optional<Instant> until) {
    static final Wait NONE = new Wait(false, Optional.empty());
    static final Wait FOR_REVIEW = new Wait(true, Optional.empty());

    boolean forReview() {
      return waits && until.isEmpty();
    }
  }

  private Wait wait(
      long unit,
      Facts facts,
      Attribution attribution,
      Optional<UnitValue> before,
      Instant first,
      Optional<Review> review) {
    if (attribution.hold().isPresent() || known.covered().contains(unit)) {
      return Wait.NONE;
    }
    UnmatchedPolicy policy = unmatched(facts, attribution);
    boolean needsReview = policy == UnmatchedPolicy.WAIT_THEN_REVIEW && review.isEmpty();
    boolean charged = before.filter(b -> b.state() == UnitState.SETTLED).isPresent();
    if (charged && !needsReview) {
      return Wait.NONE;
    }
    Instant until = first;
    if (!facts.counted()) {
      until = metricsOnly(facts) ? first : first.plus(known.grace());
    } else if (policy != UnmatchedPolicy.CHARGE_NOW && review.isEmpty()) {
      until = first.plus(known.unmatchedWait());
    }
    if (known.now().isBefore(until)) {
      return new Wait(true, Optional.of(until));
    }
    return needsReview ? Wait.FOR_REVIEW : Wait.NONE;
  }

  /** What was said, else a function of the time of the call alone. */
  private UnmatchedPolicy unmatched(Facts facts, Attribution attribution) {
    return known
        .unmatched()
        .policy(attribution.engineer(), facts.credentials(), facts.tool(), facts.eventTime())
        .orElseGet(
            () ->
                waitsForHold(facts, attribution)
                    ? UnmatchedPolicy.WAIT_THEN_CHARGE
                    : UnmatchedPolicy.CHARGE_NOW);
  }

  private boolean waitsForHold(Facts facts, Attribution attribution) {
    return !facts.named().isEmpty() || facts.throughGateway() || hadHolds(facts, attribution);
  }

  private boolean hadHolds(Facts facts, Attribution attribution) {
    return attribution
        .engineer()
        .filter(
            engineer ->
                known
                    .nearHolds()
                    .contains(new BookedHoldRepository.Call(engineer, facts.eventTime())))
        .isPresent();
  }

  private boolean metricsOnly(Facts facts) {
    return facts.isWindow()
        && (known.metricsOnly().contains(facts.groupTool())
            || known.metricsOnly().contains(facts.groupTool() + "/" + facts.groupValue()));
  }

  private UnitValue.Party party(
      Attribution attribution, boolean throughHold, Optional<UnitValue> before) {
    Optional<UnitValue.Party> veiled =
        before
            .filter(b -> b.state() == UnitState.SETTLED && b.party().pseudonymous())
            .map(UnitValue::party);
    if (veiled.isPresent() && !throughHold) {
      // Opening the gate never re-attributes, and nothing else may lift a pseudonym either.
      return veiled.get();
    }
    if (attribution.engineer().isEmpty()) {
      return UnitValue.Party.NOBODY;
    }
    Optional<String> engineer = attribution.engineer();
    if (attribution.closed().isEmpty()) {
      return new UnitValue.Party(engineer, engineer, false);
    }
    String pseudonym = known.pseudonyms().get(attribution.closed().get());
    if (pseudonym == null) {
      throw new IllegalStateException("a pseudonym is missing (expected: made beforehand)");
    }
    Optional<String> shown = Optional.of(pseudonym);
    return new UnitValue.Party(shown, throughHold ? engineer : shown, true);
  }

  /** Everything that holds have booked for the unit: two attempts may prove to be one call. */
  private UnitValue.Booked booked(Facts facts, HoldAttempt through) {
    long list = 0;
    long employer = 0;
    Quantities quantities = Quantities.none();
    List<HoldAttempt> attempts = facts.settled().isEmpty() ? List.of(through) : facts.settled();
    for (HoldAttempt attempt : attempts) {
      BookedHold hold = known.holds().get(new BookedHold.Id(attempt.engineer(), attempt.hold()));
      BookedHold.Attempt amounts = hold == null ? null : hold.attempts().get(attempt.attempt());
      if (amounts != null) {
        list = Math.addExact(list, amounts.listNanos());
        employer = Math.addExact(employer, amounts.employerNanos());
        quantities = quantities.plus(amounts.quantities());
      }
    }
    SortedMap<String, Long> counts = new TreeMap<>();
    quantities.counts().forEach((meter, count) -> counts.put(meter.code(), count));
    return new UnitValue.Booked(through.hold(), through.attempt(), list, employer, counts);
  }

  private Optional<String> currency(Facts facts, Pricing pricing) {
    return pricing
        .worth()
        .currency()
        .or(() -> known.prices().at(facts.eventTime()).map(book -> book.currency()));
  }
}
