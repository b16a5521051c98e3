package dev.fourthpillar.budget.period;

import dev.fourthpillar.budget.plan.Plan.PriceSide;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** Which price the calls of some people are charged with: as the plan of the day says. */
public final class PriceSides {
  private final Map<String, Terms> terms;

  /**
   * @param terms of whom a plan may say something else than the list price
   */
  PriceSides(Map<String, Terms> terms) {
    this.terms = Map.copyOf(terms);
  }

  /**
   * The price a call of that time is charged with: the list price unless the plan says otherwise.
   * On the UTC day, as rates are.
   */
  public PriceSide at(String engineer, Instant time) {
    Terms own = terms.get(engineer);
    return own == null
        ? PriceSide.LIST
        : own.on(time.atZone(ZoneOffset.UTC).toLocalDate()).priceSide();
  }
}
