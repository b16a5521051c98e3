package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Percent;

/**
 * Where flags are raised; configuration of the operator.
 *
 * @param computeNearsSalary consumed / base from which a warning is shown, above 0 to 100 %
 * @param cashGrowthAtMost cash counts as flat up to this growth
 * @param computeGrowthAtLeast compute counts as up from this growth
 * @param newComputeAtLeast new compute counts as up from this percentage of the earlier cash
 */
public record Thresholds(
    Percent computeNearsSalary,
    Percent cashGrowthAtMost,
    Percent computeGrowthAtLeast,
    Percent newComputeAtLeast) {

  public static final Thresholds DEFAULT =
      new Thresholds(
          Percent.of("50"), Percent.of("1.00"), Percent.of("10.00"), Percent.of("10.00"));

  public Thresholds {
    var checks = new Checks();
    if (Percent.within(checks, "computeNearsSalary", computeNearsSalary, "0", "100")) {
      checks.that(!computeNearsSalary.isZero(), "computeNearsSalary", computeNearsSalary, "> 0 %");
    }
    Percent.within(checks, "cashGrowthAtMost", cashGrowthAtMost, "-100", "1000");
    Percent.within(checks, "computeGrowthAtLeast", computeGrowthAtLeast, "0", "1000");
    Percent.within(checks, "newComputeAtLeast", newComputeAtLeast, "0", "1000");
    checks.orThrow();
  }
}
