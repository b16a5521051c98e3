package dev.fourthpillar.budget.plan;

import dev.fourthpillar.backbone.money.Amount;
import java.util.List;
import java.util.Optional;

/**
 * How entitlements become lots, and what holds when a lot is used up.
 *
 * @param id names the plan in entitlements and in the ids of lots
 * @param cadence how long a period is
 * @param amount what each period gives whoever the plan is assigned to; empty: comp-service says it
 * @param proration what a period gives of which only some days are entitled
 * @param expireAfterDays days behind its period's end on which a lot still pays
 * @param rollover how what is unused of a period goes on; empty: it expires
 * @param overage what happens to a call that the budget does not cover
 * @param priceSide which price a call is debited with
 * @param prorateOnLeave whether days behind the last day of employment take away from the period's
 *     lot. When false the whole amount was granted, and what is unspent at the end of the last day
 *     is gone all the same
 * @param thresholdsPercent rising; of the period's budget
 * @param noticeDays how many days before it takes effect a reduction is told
 * @param portability what survives an exit, where the entitlement says nothing; empty: nothing
 */
public record Plan(
    String id,
    Cadence cadence,
    Optional<Amount> amount,
    Proration proration,
    int expireAfterDays,
    Optional<PlanRollover> rollover,
    Overage overage,
    PriceSide priceSide,
    boolean prorateOnLeave,
    List<Integer> thresholdsPercent,
    int noticeDays,
    Optional<PlanPortability> portability) {

  /** The id of the built-in plan. */
  public static final String DEFAULT_ID = "default";

  /**
   * The built-in plan: a calendar year of the person's zone, prorated by calendar days; what is
   * unspent expires at the period's end and nothing is rolled over.
   */
  public static final Plan DEFAULT =
      new Plan(
          DEFAULT_ID,
          new Cadence.CalendarYear(),
          Optional.empty(),
          Proration.CALENDAR_DAYS,
          0,
          Optional.empty(),
          new Overage.Block(),
          PriceSide.LIST,
          false,
          List.of(50, 80, 90, 100),
          0,
          Optional.empty());

  public Plan {
    thresholdsPercent = List.copyOf(thresholdsPercent);
  }

  /** What a period gives of which only some days are entitled. */
  public enum Proration {
    /** A part by calendar days, both ends included. */
    CALENDAR_DAYS,
    /** All of it, by what its first entitled day says. */
    NONE
  }

  /** Which price a call is debited with. */
  public enum PriceSide {
    /** The list price. */
    LIST,
    /** What the employer pays for it: cost basis EMPLOYER_COST. */
    EMPLOYER
  }
}
