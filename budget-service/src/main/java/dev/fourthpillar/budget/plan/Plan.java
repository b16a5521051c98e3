package dev.fourthpillar.budget.plan;

import java.util.List;

/**
 * How entitlements become lots, and what holds when a lot is used up.
 *
 * @param id names the plan in entitlements and in the ids of lots
 * @param cadence how long a period is
 * @param overage what happens to a call that the budget does not cover
 * @param priceSide which price a call is debited with
 * @param prorateOnLeave whether days behind the last day of employment take away from the period's
 *     lot. When false the whole amount was granted, and what is unspent at the end of the last day
 *     is gone all the same
 * @param thresholdsPercent rising; of the period's budget
 */
public record Plan(
    String id,
    Cadence cadence,
    Overage overage,
    PriceSide priceSide,
    boolean prorateOnLeave,
    List<Integer> thresholdsPercent) {

  /** The id of the built-in plan. */
  public static final String DEFAULT_ID = "default";

  /**
   * The built-in plan: a calendar year of the person's zone, prorated by calendar days; what is
   * unspent expires at the period's end and nothing is rolled over.
   */
  public static final Plan DEFAULT =
      new Plan(
          DEFAULT_ID,
          Cadence.CALENDAR_YEAR,
          Overage.BLOCK,
          PriceSide.LIST,
          false,
          List.of(50, 80, 90, 100));

  public Plan {
    thresholdsPercent = List.copyOf(thresholdsPercent);
  }

  /** How long a period is. */
  public enum Cadence {
    /** From 1 January to 31 December. */
    CALENDAR_YEAR
  }

  /** What happens to a call that the budget does not cover. */
  public enum Overage {
    /** It is refused when it is reserved. Metered usage is booked in any case, as overage. */
    BLOCK
  }

  /** Which price a call is debited with. */
  public enum PriceSide {
    /** The list price. */
    LIST,
    /** What the employer pays for it: cost basis EMPLOYER_COST. */
    EMPLOYER
  }
}
