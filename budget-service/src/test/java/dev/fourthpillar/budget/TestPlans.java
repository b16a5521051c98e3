package dev.fourthpillar.budget;

import dev.fourthpillar.budget.plan.Plan;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** A plan beside the built-in one, in a service that is started with {@code test.plans}. */
@Factory
@Requires(property = TestPlans.PROPERTY)
final class TestPlans {
  static final String PROPERTY = "test.plans";

  /** The built-in one, but at what the employer pays. */
  @Singleton
  Plan employerCost() {
    return new Plan(
        "employer-cost",
        Plan.DEFAULT.cadence(),
        Plan.DEFAULT.overage(),
        Plan.PriceSide.EMPLOYER,
        Plan.DEFAULT.prorateOnLeave(),
        Plan.DEFAULT.thresholdsPercent());
  }
}
