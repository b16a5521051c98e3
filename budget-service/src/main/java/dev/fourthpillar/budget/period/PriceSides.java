package dev.fourthpillar.budget.period;

import dev.fourthpillar.budget.period.Entitlement.Segment;
import dev.fourthpillar.budget.plan.Plan;
import dev.fourthpillar.budget.plan.Plan.PriceSide;
import dev.fourthpillar.budget.plan.Plans;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;

/** Which price the calls of some people are charged with: by the plan of the day's entitlement. */
public final class PriceSides {
  private final Plans plans;
  private final Map<String, Entitlement> entitlements;

  PriceSides(Plans plans, Map<String, Entitlement> entitlements) {
    this.plans = plans;
    this.entitlements = Map.copyOf(entitlements);
  }

  /**
   * The price a call of that time is charged with: the list price unless the plan says otherwise.
   * On the UTC day, as rates are; of segments of one day the one that began last counts.
   */
  public PriceSide at(String engineer, Instant time) {
    Entitlement entitlement = entitlements.get(engineer);
    if (entitlement == null) {
      return PriceSide.LIST;
    }
    LocalDate day = time.atZone(ZoneOffset.UTC).toLocalDate();
    return entitlement.segments().stream()
        .filter(segment -> covers(segment, day))
        .max(Comparator.comparing(Segment::from))
        .flatMap(segment -> plans.find(segment.plan()))
        .map(Plan::priceSide)
        .orElse(PriceSide.LIST);
  }

  private static boolean covers(Segment segment, LocalDate day) {
    return !day.isBefore(segment.from())
        && segment.until().map(last -> !day.isAfter(last)).orElse(true);
  }
}
