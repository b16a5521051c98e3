package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.budget.person.Employment;
import dev.fourthpillar.budget.person.Person;
import dev.fourthpillar.budget.plan.Plan;
import dev.fourthpillar.budget.plan.Plans;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The plans there are, and what they would give. Reads and writes nothing. */
@Singleton
final class PlanService {
  private final Plans plans;

  PlanService(Plans plans) {
    this.plans = plans;
  }

  /**
   * What to preview.
   *
   * @param plan its id
   * @param amounts per year
   * @param year of the period
   */
  record Preview(
      String plan, ZoneId zone, List<Valued> amounts, int year, Optional<LocalDate> lastDay) {}

  Plan get(String id) {
    return plans
        .find(id)
        .orElseThrow(
            () ->
                Failure.notFound("plan", id, "plan '%s' does not exist".formatted(id))
                    .asException());
  }

  Page<Plan> list(PageRequest page) {
    return Page.of(
        plans.all().stream()
            .filter(plan -> plan.id().compareTo(page.after().orElse("")) > 0)
            .limit(page.size() + 1L)
            .toList(),
        page,
        Plan::id);
  }

  /** The lots that the amounts would give somebody who is employed from their first day on. */
  List<PlannedLot> preview(Preview preview) {
    Plan plan = get(preview.plan());
    Person somebody =
        new Person(
            "somebody",
            1,
            "",
            "",
            preview.zone(),
            preview.amounts().getFirst().amount().currency(),
            new Employment(preview.amounts().getFirst().from(), preview.lastDay()));
    Period period = Period.of(plan.id(), LocalDate.ofYearDay(preview.year(), 1), preview.zone());
    return Splitter.ofPeriod(plan, period, somebody, preview.amounts());
  }
}
