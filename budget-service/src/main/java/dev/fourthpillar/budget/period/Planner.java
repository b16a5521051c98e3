package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.lot.Span;
import dev.fourthpillar.budget.period.Entitlement.Content;
import dev.fourthpillar.budget.period.Entitlement.Recurrence;
import dev.fourthpillar.budget.period.Entitlement.Segment;
import dev.fourthpillar.budget.person.Person;
import dev.fourthpillar.budget.plan.Plan;
import dev.fourthpillar.budget.plan.PlanHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which periods, lots and times without a limit a person has to have by now: from those that late
 * usage can still change, to those that are opened ahead of their start. Pure: what a segment is
 * worth is handed in.
 */
final class Planner {
  /** How soon to look again while a price or a rate is missing. */
  static final Duration LOOK_AGAIN = Duration.ofHours(1);

  /** Nothing is due. */
  static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private final Person person;
  private final Instant now;
  private final Instant openUntil;
  private final Valuer valuer;

  private final List<Period> periods = new ArrayList<>();
  private final List<PlannedLot> lots = new ArrayList<>();
  private final List<Span> uncapped = new ArrayList<>();
  private Instant due = NEVER;
  private boolean waiting;

  private Planner(Person person, Instant now, Duration openAhead, Valuer valuer) {
    this.person = person;
    this.now = now;
    this.openUntil = now.plus(openAhead);
    this.valuer = valuer;
  }

  /** What a segment is worth in a period. */
  interface Valuer {
    /** In the currency of one of the person's accounts; empty when a price or a rate is missing. */
    Optional<Amount> value(Segment segment, Period period);
  }

  /**
   * What there has to be.
   *
   * @param periods all of the plan that have begun or are opened ahead
   * @param lots that have to be there
   * @param uncapped when there is no limit, one for each period and segment
   * @param due when something is due next
   * @param waiting whether something has no value yet
   */
  record Planned(
      List<Period> periods,
      List<PlannedLot> lots,
      List<Span> uncapped,
      Instant due,
      boolean waiting) {
    Planned {
      periods = List.copyOf(periods);
      lots = List.copyOf(lots);
      uncapped = List.copyOf(uncapped);
    }
  }

  /**
   * @param segments of this plan
   * @param kept periods of this plan, by first day
   */
  static Planned plan(
      PlanHistory plan,
      Person person,
      List<Segment> segments,
      List<Period> kept,
      Instant now,
      Duration openAhead,
      Valuer valuer) {
    return new Planner(person, now, openAhead, valuer).plan(plan, segments, kept);
  }

  private Planned plan(PlanHistory plan, List<Segment> segments, List<Period> kept) {
    List<Segment> ofPeriods = segments.stream().filter(Planner::isOfPeriods).toList();
    LocalDate today = now.atZone(person.zone()).toLocalDate();
    int behind =
        plan.versions().stream().mapToInt(v -> v.plan().expireAfterDays()).max().orElseThrow();
    // A period whose lot ended before this day is closed: nobody needs it any more.
    LocalDate open = today.minusDays(LateWindow.LENGTH.toDays() + behind + 1);
    ofPeriods.stream()
        .map(Segment::from)
        .min(LocalDate::compareTo)
        .map(day -> later(later(day, person.employment().firstDay()), open))
        .ifPresent(
            first ->
                Calendar.until(plan, kept, first, openUntil, person.zone(), hired()).stream()
                    .filter(p -> !LateWindow.isClosed(p.paysUntil(plan.on(p.firstDay())), now))
                    .forEach(period -> period(plan.on(period.firstDay()), period, ofPeriods)));
    segments.stream()
        .filter(segment -> segment.recurrence() == Recurrence.ONE_OFF && opensLots(segment))
        .forEach(segment -> once(plan, segment, kept));
    return new Planned(periods, lots, uncapped, due, waiting);
  }

  private void period(Plan plan, Period period, List<Segment> ofPeriods) {
    List<Segment> here = ofPeriods.stream().filter(segment -> overlaps(segment, period)).toList();
    if (period.start().isAfter(openUntil)) {
      // What it will be worth is not known before it begins.
      here.forEach(segment -> dueAt(opened(startOf(segment, period))));
      return;
    }
    periods.add(period);
    if (period.end().isAfter(openUntil)
        && employedBeyond(period)
        && ofPeriods.stream().anyMatch(segment -> reachesBeyond(segment, period))) {
      dueAt(opened(period.end()));
    }
    here.stream()
        .filter(segment -> segment.content() instanceof Content.Uncapped)
        .forEach(segment -> uncapped(segment, period));
    List<Valued> valued =
        here.stream()
            .filter(Planner::opensLots)
            .flatMap(s -> value(plan, s, period).stream())
            .toList();
    Splitter.ofPeriod(plan, period, person, valued).forEach(this::lot);
  }

  private LocalDate hired() {
    return person.employment().firstDay();
  }

  private void once(PlanHistory plan, Segment segment, List<Period> kept) {
    Period period =
        kept.stream()
            .filter(p -> !segment.from().isBefore(p.firstDay()))
            .filter(p -> !segment.from().isAfter(p.lastDay()))
            .findFirst()
            .orElseGet(() -> Period.of(plan, segment.from(), person.zone(), hired()));
    Instant start = startOf(segment, period);
    if (start.isAfter(openUntil)) {
      dueAt(opened(start));
    } else {
      Plan terms = plan.on(period.firstDay());
      value(terms, segment, period)
          .flatMap(valued -> Splitter.ofOnce(terms, period, person, valued))
          .ifPresent(this::lot);
    }
  }

  /** Within the period, whose end cuts time: usage stays in the year it was made in. */
  private void uncapped(Segment segment, Period period) {
    LocalDate first = later(segment.from(), person.employment().firstDay());
    Instant from =
        first.isAfter(period.firstDay())
            ? first.atStartOfDay(period.zone()).toInstant()
            : period.start();
    Instant until =
        Stream.of(
                Optional.of(period.end()),
                segment.until().map(day -> endOf(day, period.zone())),
                person.employment().lastDay().map(day -> endOf(day, person.zone())))
            .flatMap(Optional::stream)
            .min(Comparator.naturalOrder())
            .orElseThrow();
    if (from.isBefore(until)) {
      uncapped.add(new Span(Minutes.of(from), Minutes.of(until)));
    }
  }

  private static Instant endOf(LocalDate day, ZoneId zone) {
    return day.plusDays(1).atStartOfDay(zone).toInstant();
  }

  private void lot(PlannedLot lot) {
    if (!lot.effective().isBefore(lot.expiry())) {
      return;
    }
    if (lot.effective().isAfter(openUntil)) {
      dueAt(opened(lot.effective()));
    } else if (!LateWindow.isClosed(lot.expiry(), now)) {
      lots.add(lot);
      if (lot.expiry().isAfter(now)) {
        // What is unused expires then, whoever looks; somebody should write it down soon.
        dueAt(lot.expiry());
      }
    }
  }

  private Optional<Valued> value(Plan plan, Segment segment, Period period) {
    Optional<Segment> content = content(plan, segment);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    Optional<Amount> amount = valuer.value(content.get(), period);
    if (amount.isEmpty()) {
      waiting = true;
      dueAt(now.plus(LOOK_AGAIN));
    }
    return amount.map(
        a -> new Valued(segment.id(), segment.from(), segment.until(), segment.recurrence(), a));
  }

  /** With the amount that the plan has in this period, where it is the plan that says it. */
  private static Optional<Segment> content(Plan plan, Segment segment) {
    return segment.content() instanceof Content.OfPlan
        ? plan.amount().map(amount -> segment.withContent(new Content.Money(amount)))
        : Optional.of(segment);
  }

  private Instant startOf(Segment segment, Period period) {
    return segment.from().isAfter(period.firstDay())
        ? segment.from().atStartOfDay(person.zone()).toInstant()
        : period.start();
  }

  /** When what begins then is opened. */
  private Instant opened(Instant start) {
    return start.minus(Duration.between(now, openUntil));
  }

  private void dueAt(Instant time) {
    due = time.isBefore(due) ? time : due;
  }

  private boolean employedBeyond(Period period) {
    return person.employment().lastDay().map(last -> last.isAfter(period.lastDay())).orElse(true);
  }

  /** What each period has a part of: all but one-offs and places at pools. */
  private static boolean isOfPeriods(Segment segment) {
    return segment.content() instanceof Content.Uncapped
        || (segment.recurrence() != Recurrence.ONE_OFF && opensLots(segment));
  }

  /** Places at pools and what has no limit do not. */
  private static boolean opensLots(Segment segment) {
    return switch (segment.content()) {
      case Content.Money _, Content.Quantity _, Content.OfPlan _ -> true;
      case Content.Pooled _, Content.Uncapped _ -> false;
    };
  }

  private static boolean overlaps(Segment segment, Period period) {
    return !segment.from().isAfter(period.lastDay())
        && segment.until().map(day -> !day.isBefore(period.firstDay())).orElse(true);
  }

  private static boolean reachesBeyond(Segment segment, Period period) {
    return segment.until().map(day -> day.isAfter(period.lastDay())).orElse(true);
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }
}
