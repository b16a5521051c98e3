package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.outcome.MutatingRequest;
import dev.fourthpillar.backbone.outcome.Outcomes;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.period.Entitlement.Recurrence;
import dev.fourthpillar.budget.person.Employment;
import dev.fourthpillar.budget.person.Person;
import dev.fourthpillar.budget.plan.Assignment;
import dev.fourthpillar.budget.plan.Days;
import dev.fourthpillar.budget.plan.Plan;
import dev.fourthpillar.budget.plan.PlanHistory;
import dev.fourthpillar.budget.plan.PlanRepository;
import dev.fourthpillar.budget.plan.PlanTable;
import dev.fourthpillar.budget.plan.PlansService;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The plans there are, whose they are, and what they would give. Owns the transactions. */
@Singleton
final class PlanService {
  /** Plans of an installation. */
  static final int MAX_PLANS = 1_000;

  /** Assignments of a person. */
  static final int MAX_ASSIGNMENTS = 100;

  private final Transactions transactions;
  private final Outcomes outcomes;
  private final PlansService plans;
  private final PlanRepository rows;
  private final PeriodService periods;
  private final AccountStore accounts;

  PlanService(
      Transactions transactions,
      Outcomes outcomes,
      PlansService plans,
      PlanRepository rows,
      PeriodService periods,
      AccountStore accounts) {
    this.transactions = transactions;
    this.outcomes = outcomes;
    this.plans = plans;
    this.rows = rows;
    this.periods = periods;
    this.accounts = accounts;
  }

  /**
   * What to preview.
   *
   * @param plan its id
   * @param amounts per year, by first day
   * @param year in which the periods begin
   */
  record Preview(
      String plan, ZoneId zone, List<Valued> amounts, int year, Optional<LocalDate> lastDay) {}

  /** A plan, and the plan as it is today. */
  record Found(PlanHistory history, LocalDate today) {
    Plan now() {
      return history.on(today);
    }
  }

  Found get(String id) {
    return transactions.run(
        handle ->
            new Found(
                find(handle, id).orElseThrow(() -> unknown(id).asException()), today(handle)));
  }

  Page<Found> list(PageRequest page) {
    return transactions.run(
        handle -> {
          LocalDate today = today(handle);
          return Page.of(
              plans.table(handle).all().stream()
                  .filter(plan -> plan.id().compareTo(page.after().orElse("")) > 0)
                  .limit(page.size() + 1L)
                  .map(plan -> new Found(plan, today))
                  .toList(),
              page,
              found -> found.history().id());
        });
  }

  Plan create(MutatingRequest request, Plan plan, AnswerCodec<Plan> codec) {
    return once(request, codec, handle -> create(handle, request.subject(), plan));
  }

  private Decision<Plan> create(Handle handle, String author, Plan plan) {
    rows.lock(handle);
    PlanTable table = plans.table(handle);
    if (table.find(plan.id()).isPresent()) {
      return Decision.refused(
          Failure.of(Reason.ID_REUSED, "plan '%s' is there already".formatted(plan.id()))
              .with("id", plan.id())
              .with("different_fields", ""));
    }
    if (table.all().size() > MAX_PLANS) {
      return Decision.refused(limit("plans", MAX_PLANS, table.all().size()));
    }
    put(handle, author, new PlanHistory.Version(PlanHistory.EVER, plan));
    return Decision.accepted(plan);
  }

  PlanHistory.Version update(
      MutatingRequest request,
      PlanHistory.Version version,
      AnswerCodec<PlanHistory.Version> codec) {
    return once(request, codec, handle -> update(handle, request.subject(), version));
  }

  private Decision<PlanHistory.Version> update(
      Handle handle, String author, PlanHistory.Version version) {
    rows.lock(handle);
    String id = version.plan().id();
    Optional<PlanHistory> found = find(handle, id);
    if (found.isEmpty()) {
      return Decision.refused(unknown(id));
    }
    if (id.equals(Plan.DEFAULT_ID)) {
      return Decision.refused(
          Failure.invalidField("plan.plan", "must not be the built-in plan", "plan.built_in"));
    }
    LocalDate today = today(handle);
    if (!version.from().isAfter(today)) {
      return Decision.refused(
          Failure.invalidField(
              "effective_from",
              "must be later than today, %s; it is %s".formatted(today, version.from()),
              "date.future"));
    }
    if (found.get().latest().amount().isPresent() != version.plan().amount().isPresent()) {
      return Decision.refused(
          Failure.invalidField(
              "plan.amount_per_period",
              "must be there if it was when the plan was made, and else not",
              "plan.amount"));
    }
    long kept =
        found.get().versions().stream().filter(v -> v.from().isBefore(version.from())).count();
    if (kept >= PlanHistory.MAX_VERSIONS) {
      return Decision.refused(limit("plan_versions", PlanHistory.MAX_VERSIONS, kept + 1));
    }
    put(handle, author, version);
    return Decision.accepted(version);
  }

  private void put(Handle handle, String author, PlanHistory.Version version) {
    rows.put(handle, version, author, accounts.now(handle));
    periods.planChanged(handle, version.plan().id());
  }

  /** Whose plan it is from when on. */
  record Assigned(String engineer, Assignment assignment) {}

  Assigned assign(MutatingRequest request, Assigned assigned, AnswerCodec<Assigned> codec) {
    return once(request, codec, handle -> assign(handle, request.subject(), assigned));
  }

  private Decision<Assigned> assign(Handle handle, String author, Assigned assigned) {
    Assignment assignment = assigned.assignment();
    if (find(handle, assignment.plan()).isEmpty()) {
      return Decision.refused(unknown(assignment.plan()));
    }
    LocalDate earliest = today(handle).minusDays(LateWindow.LENGTH.toDays());
    if (assignment.from().isBefore(earliest)) {
      return Decision.refused(
          Failure.invalidField(
              "effective_from",
              "must be %s or later; it is %s".formatted(earliest, assignment.from()),
              "date.past"));
    }
    List<String> engineer = List.of(assigned.engineer());
    long kept =
        rows.assignments(handle, engineer).getOrDefault(assigned.engineer(), List.of()).stream()
            .filter(each -> each.from().isBefore(assignment.from()))
            .count();
    if (kept >= MAX_ASSIGNMENTS) {
      return Decision.refused(limit("plan_assignments", MAX_ASSIGNMENTS, kept + 1));
    }
    rows.assign(handle, assigned.engineer(), assignment, author, accounts.now(handle));
    periods.due(handle, engineer);
    return Decision.accepted(assigned);
  }

  /** The lots that the amounts would give somebody who is employed from their first day on. */
  List<PlannedLot> preview(Preview preview) {
    PlanHistory plan = get(preview.plan()).history();
    LocalDate hired =
        preview.amounts().isEmpty()
            ? LocalDate.ofYearDay(preview.year(), 1)
            : preview.amounts().getFirst().from();
    Person somebody =
        new Person(
            "somebody", 1, "", "", preview.zone(), "XXX", new Employment(hired, preview.lastDay()));
    List<PlannedLot> lots = new ArrayList<>();
    LocalDate day = LocalDate.ofYearDay(preview.year(), 1);
    while (day.getYear() == preview.year()) {
      Days days = plan.period(day, hired);
      if (days.first().getYear() == preview.year()) {
        Plan terms = plan.on(days.first());
        List<Valued> amounts = new ArrayList<>(preview.amounts());
        terms
            .amount()
            .ifPresent(
                amount ->
                    amounts.add(
                        new Valued(
                            "plan", hired, Optional.empty(), Recurrence.PER_PERIOD, amount)));
        lots.addAll(
            Splitter.ofPeriod(
                terms, Period.of(plan, day, preview.zone(), hired), somebody, amounts));
      }
      day = days.last().plusDays(1);
    }
    return lots;
  }

  private <T> T once(
      MutatingRequest request,
      AnswerCodec<T> codec,
      java.util.function.Function<Handle, Decision<T>> decide) {
    return transactions
        .run(handle -> outcomes.once(handle, request, codec, () -> decide.apply(handle)))
        .orThrow();
  }

  private Optional<PlanHistory> find(Handle handle, String id) {
    return plans.table(handle).find(id);
  }

  private LocalDate today(Handle handle) {
    return accounts.now(handle).atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static Failure unknown(String id) {
    return Failure.notFound("plan", id, "plan '%s' does not exist".formatted(id));
  }

  private static Failure limit(String what, long max, long actual) {
    return Failure.of(
            Reason.LIMIT_EXCEEDED, "%s: %d (expected: at most %d)".formatted(what, actual, max))
        .with("limit", what)
        .with("max", Long.toString(max))
        .with("actual", Long.toString(actual));
  }
}
