package dev.fourthpillar.comp.personal;

import dev.fourthpillar.comp.money.Money;
import java.math.BigDecimal;
import java.util.Optional;

/** Whose cost, and what of it is not recorded. */
public record EmployerCostQuery(StatementQuery whose, Terms terms) {

  /**
   * @param loadFactor instead of charges, benefits and overhead; empty for the recorded charges
   * @param overhead per year; empty when it is not stated
   */
  public record Terms(
      Optional<BigDecimal> loadFactor, Optional<Money> overhead, boolean includesEquity) {}
}
