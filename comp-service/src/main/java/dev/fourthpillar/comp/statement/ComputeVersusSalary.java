package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.lens.Lenses;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Percent;
import java.util.Optional;

/** Whether somebody consumes more than he earns: CONSUMED against base, unrounded, one currency. */
public enum ComputeVersusSalary {
  BELOW,
  /** From the threshold of the configuration on. */
  COMPUTE_NEARS_SALARY,
  COMPUTE_EXCEEDS_SALARY,
  /** Consumption is not stated. */
  UNDECIDED;

  static ComputeVersusSalary of(Optional<Lenses> lenses, ExactMoney base, Percent nearsFrom) {
    if (lenses.isEmpty()) {
      return BELOW;
    }
    var consumed = lenses.get().exactConsumed();
    if (consumed.isEmpty()) {
      return UNDECIDED;
    }
    if (consumed.get().isAtLeast(base)) {
      return COMPUTE_EXCEEDS_SALARY;
    }
    return consumed.get().isAtLeast(base.times(nearsFrom)) ? COMPUTE_NEARS_SALARY : BELOW;
  }
}
