package dev.fourthpillar.comp.employer;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What is known of what the employer pays beside the package. */
public sealed interface EmployerTerms {

  /** Whether annualised equity is an expense of the total. */
  boolean includesEquity();

  /** Desk, equipment, administration per year; empty when it is not stated. */
  default Optional<Money> overhead() {
    return Optional.empty();
  }

  /**
   * Charge by charge.
   *
   * @param charges 1 to {@link #MAX_CHARGES}, each rule once
   * @param overhead 0 or more
   */
  record Payroll(List<PayrollCharge> charges, Optional<Money> overhead, boolean includesEquity)
      implements EmployerTerms {
    public static final int MAX_CHARGES = 40;

    public Payroll {
      var checks = new Checks();
      if (checks.atMost("payroll.charges", charges, MAX_CHARGES)) {
        charges = List.copyOf(charges);
        checks.that(!charges.isEmpty(), "payroll.charges", "none", "at least one");
        var seen = new HashSet<String>();
        for (int i = 0; i < charges.size(); i++) {
          var rule = charges.get(i).ruleId();
          checks.that(seen.add(rule), "payroll.charges[" + i + "].ruleId", rule, "each rule once");
        }
      }
      checkOverhead(checks, overhead);
      checks.orThrow();
    }

    /** Notes each charge that does not apply on that day. */
    public void checkInEffect(Checks checks, LocalDate day) {
      for (int i = 0; i < charges.size(); i++) {
        var charge = charges.get(i);
        checks.that(
            charge.isInEffectOn(day),
            "payroll.charges[" + i + "].effectiveDate",
            charge.from() + charge.to().map(last -> " to " + last).orElse(""),
            "in effect on " + day);
      }
    }
  }

  /**
   * Cash times the factor stands for cash, charges, benefits and overhead.
   *
   * @param factor 1 to {@link #MOST_FACTOR}, at most {@link #MAX_DECIMALS} decimals
   */
  record Loaded(BigDecimal factor, boolean includesEquity) implements EmployerTerms {
    public static final BigDecimal MOST_FACTOR = BigDecimal.TEN;
    public static final int MAX_DECIMALS = 12;

    public Loaded {
      var checks = new Checks();
      if (checks.present("loadFactor", factor)) {
        checks.that(
            factor.compareTo(BigDecimal.ONE) >= 0
                && factor.compareTo(MOST_FACTOR) <= 0
                && factor.stripTrailingZeros().scale() <= MAX_DECIMALS,
            "loadFactor",
            factor,
            "1 to " + MOST_FACTOR + ", at most " + MAX_DECIMALS + " decimals");
      }
      checks.orThrow();
    }
  }

  /** No charge is recorded where the person works: none is invented. */
  record Unrecorded(Optional<Money> overhead, boolean includesEquity) implements EmployerTerms {
    public Unrecorded {
      var checks = new Checks();
      checkOverhead(checks, overhead);
      checks.orThrow();
    }
  }

  private static void checkOverhead(Checks checks, Optional<Money> overhead) {
    if (checks.present("overhead", overhead) && overhead.isPresent()) {
      checks.that(overhead.get().signum() >= 0, "overhead", overhead.get(), ">= 0");
    }
  }
}
