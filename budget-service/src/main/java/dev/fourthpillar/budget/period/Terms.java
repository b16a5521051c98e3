package dev.fourthpillar.budget.period;

import dev.fourthpillar.budget.account.AccountCommand.By;
import dev.fourthpillar.budget.account.AccountTerms;
import dev.fourthpillar.budget.period.Entitlement.Content;
import dev.fourthpillar.budget.period.Entitlement.Portability;
import dev.fourthpillar.budget.period.Entitlement.Recurrence;
import dev.fourthpillar.budget.period.Entitlement.Segment;
import dev.fourthpillar.budget.plan.Assignment;
import dev.fourthpillar.budget.plan.Plan;
import dev.fourthpillar.budget.plan.PlanHistory;
import dev.fourthpillar.budget.plan.PlanTable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a person is entitled to, and by which plans: an entitlement by the plan it names, else by
 * the one that is assigned on the day, else by the built-in one. A plan with an amount of its own
 * gives that beside the entitlements, which the built-in one splits then.
 *
 * @param segments each with the plan that splits it
 * @param assignments by day
 * @param changedBy who changed the entitlement last, and why
 */
record Terms(List<Segment> segments, List<Assignment> assignments, PlanTable plans, By changedBy) {
  Terms {
    segments = List.copyOf(segments);
    assignments = List.copyOf(assignments);
  }

  static Terms of(Entitlement entitlement, List<Assignment> assignments, PlanTable plans) {
    List<Segment> segments = new ArrayList<>();
    List<Assigned> times = times(assignments, plans);
    for (Segment segment : entitlement.segments()) {
      if (segment.plan().isEmpty()) {
        segments.addAll(cut(segment, times));
      } else {
        segments.add(segment);
      }
    }
    for (Assigned time : times) {
      if (givesAmount(time.plan())) {
        segments.add(
            new Segment(
                "assigned/" + time.from(),
                time.from(),
                time.until(),
                Recurrence.PER_PERIOD,
                time.plan().id(),
                List.of(),
                new Content.OfPlan()));
      }
    }
    return new Terms(segments, assignments, plans, entitlement.changedBy());
  }

  /** The segments by the plan that splits them; a plan that does not exist is the built-in one. */
  Map<PlanHistory, List<Segment>> byPlan() {
    Map<PlanHistory, List<Segment>> byPlan = new LinkedHashMap<>();
    for (Segment segment : segments) {
      byPlan.computeIfAbsent(plan(segment.plan()), _ -> new ArrayList<>()).add(segment);
    }
    return byPlan;
  }

  /** Plans that are named and do not exist. */
  List<String> unknownPlans() {
    return segments.stream()
        .map(Segment::plan)
        .filter(plan -> plans.find(plan).isEmpty())
        .distinct()
        .toList();
  }

  /**
   * The plan that says on a day what holds for calls: of the segment in force that began last, else
   * the assigned one.
   */
  Plan on(LocalDate day) {
    return segments.stream()
        .filter(segment -> segment.covers(day))
        .max(Comparator.comparing(Segment::from))
        .map(Segment::plan)
        .or(() -> assignedOn(day))
        .map(this::plan)
        .orElseGet(plans::builtIn)
        .on(day);
  }

  /** Empty where nobody said anything: the built-in plan, and nothing of what survives an exit. */
  Optional<AccountTerms> ofAccounts(LocalDate day, LocalDate hired) {
    Plan plan = on(day);
    boolean builtIn = plan.id().equals(Plan.DEFAULT_ID);
    OptionalInt portable = portable(day, hired);
    return builtIn && portable.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new AccountTerms(
                builtIn ? Optional.empty() : Optional.of(plan.thresholdsPercent()),
                plan.overage(),
                portable));
  }

  /**
   * What survives an exit on that day, in millionths of a percent: as the segment in force that
   * began last says, of those that say something; else as the plan does.
   */
  OptionalInt portable(LocalDate day, LocalDate hired) {
    OptionalInt entitled = portable(day);
    if (entitled.isPresent()) {
      return entitled;
    }
    return on(day).portability().stream().mapToInt(p -> p.microPercent(hired, day)).findFirst();
  }

  private OptionalInt portable(LocalDate day) {
    return segments.stream()
        .filter(segment -> segment.covers(day) && !segment.portability().isEmpty())
        .max(Comparator.comparing(Segment::from))
        .map(
            segment ->
                segment.portability().stream()
                    .filter(row -> !row.from().isAfter(day))
                    .mapToInt(Portability::microPercent)
                    .max()
                    .orElse(0))
        .map(OptionalInt::of)
        .orElseGet(OptionalInt::empty);
  }

  /** The first day after this one on which another plan, or another version of one, may count. */
  Optional<LocalDate> nextChange(LocalDate day, LocalDate hired) {
    return Stream.of(
            segments.stream().map(Segment::from),
            segments.stream().flatMap(s -> s.until().stream()).map(last -> last.plusDays(1)),
            segments.stream().flatMap(s -> s.portability().stream()).map(Portability::from),
            assignments.stream().map(Assignment::from),
            on(day).portability().stream().flatMap(p -> p.nextStep(hired, day).stream()),
            byPlan().keySet().stream()
                .flatMap(plan -> plan.versions().stream())
                .map(PlanHistory.Version::from))
        .flatMap(days -> days)
        .filter(each -> each.isAfter(day))
        .min(LocalDate::compareTo);
  }

  private Optional<String> assignedOn(LocalDate day) {
    return assignments.stream()
        .filter(assignment -> !assignment.from().isAfter(day))
        .max(Comparator.comparing(Assignment::from))
        .map(Assignment::plan);
  }

  private PlanHistory plan(String id) {
    return plans.find(id).orElseGet(plans::builtIn);
  }

  /** A time in which one plan is assigned. */
  private record Assigned(PlanHistory plan, LocalDate from, Optional<LocalDate> until) {}

  private static List<Assigned> times(List<Assignment> assignments, PlanTable plans) {
    List<Assigned> times = new ArrayList<>();
    for (int i = 0; i < assignments.size(); i++) {
      Assignment each = assignments.get(i);
      Optional<LocalDate> until =
          i + 1 < assignments.size()
              ? Optional.of(assignments.get(i + 1).from().minusDays(1))
              : Optional.empty();
      times.add(
          new Assigned(plans.find(each.plan()).orElseGet(plans::builtIn), each.from(), until));
    }
    return times;
  }

  private static boolean givesAmount(PlanHistory plan) {
    return plan.latest().amount().isPresent();
  }

  /** The pieces of a segment, each with the plan that is assigned in it. */
  private static List<Segment> cut(Segment segment, List<Assigned> times) {
    if (segment.recurrence() == Recurrence.ONE_OFF) {
      String plan =
          times.stream()
              .filter(time -> covers(time, segment.from()) && !givesAmount(time.plan()))
              .map(time -> time.plan().id())
              .findFirst()
              .orElse("");
      return List.of(piece(segment, segment.from(), segment.until(), plan));
    }
    List<Segment> pieces = new ArrayList<>();
    LocalDate from = segment.from();
    for (Assigned time : times) {
      Optional<LocalDate> until = earlier(segment.until(), time.until());
      LocalDate first = from.isAfter(time.from()) ? from : time.from();
      if (until.map(first::isAfter).orElse(false)) {
        continue;
      }
      if (from.isBefore(first)) {
        pieces.add(piece(segment, from, Optional.of(first.minusDays(1)), ""));
      }
      pieces.add(piece(segment, first, until, givesAmount(time.plan()) ? "" : time.plan().id()));
      if (until.equals(segment.until())) {
        return pieces;
      }
      from = until.orElseThrow().plusDays(1);
    }
    pieces.add(piece(segment, from, segment.until(), ""));
    return pieces;
  }

  private static Segment piece(
      Segment segment, LocalDate from, Optional<LocalDate> until, String plan) {
    return new Segment(
        segment.id(),
        from,
        until,
        segment.recurrence(),
        plan,
        segment.portability(),
        segment.content());
  }

  private static boolean covers(Assigned time, LocalDate day) {
    return !day.isBefore(time.from()) && time.until().map(last -> !day.isAfter(last)).orElse(true);
  }

  private static Optional<LocalDate> earlier(Optional<LocalDate> one, Optional<LocalDate> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().isBefore(other.get()) ? one : other;
  }
}
