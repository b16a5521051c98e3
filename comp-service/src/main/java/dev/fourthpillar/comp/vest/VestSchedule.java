package dev.fourthpillar.comp.vest;

import dev.fourthpillar.comp.calendar.Months;
import dev.fourthpillar.comp.failure.Checks;
import java.time.LocalDate;
import java.util.Optional;

/**
 * When and in which proportion something vests.
 *
 * @param start the original vesting start; every date is computed from it (convention K3)
 * @param monthsApart months between installments, 1 to 12; a divisor of 12 with yearly percentages
 * @param installments 1 to {@link #MAX_INSTALLMENTS}
 * @param cliffInstallment nothing vests before this installment, which then brings all up to it; 0
 *     and 1 mean no cliff
 * @param allocation how what does not divide evenly is dealt
 * @param yearlyPercents uneven years; empty means equal installments
 */
public record VestSchedule(
    LocalDate start,
    int monthsApart,
    int installments,
    int cliffInstallment,
    Allocation allocation,
    Optional<YearlyPercents> yearlyPercents) {

  public static final int MAX_INSTALLMENTS = 120;

  public VestSchedule {
    var checks = new Checks();
    checks.date("start", start);
    checks.present("allocation", allocation);
    var spaced =
        checks.that(
            monthsApart >= 1 && monthsApart <= Months.PER_YEAR,
            "monthsApart",
            monthsApart,
            "1 to 12");
    checks.that(
        installments >= 1 && installments <= MAX_INSTALLMENTS,
        "installments",
        installments,
        "1 to " + MAX_INSTALLMENTS);
    checks.that(
        cliffInstallment >= 0 && cliffInstallment <= Math.max(0, installments),
        "cliffInstallment",
        cliffInstallment,
        "0 to the number of installments, " + installments);
    if (spaced && checks.present("yearlyPercents", yearlyPercents) && yearlyPercents.isPresent()) {
      if (checks.that(
          Months.PER_YEAR % monthsApart == 0,
          "monthsApart",
          monthsApart,
          "a divisor of 12, with yearly percentages")) {
        var expected = yearlyPercents.get().years() * (Months.PER_YEAR / monthsApart);
        checks.that(
            installments == expected,
            "installments",
            installments,
            expected + ", the installments of the years with a percentage");
      }
    }
    checks.orThrow();
  }

  /** Equal monthly installments with a cliff. */
  public static VestSchedule monthly(LocalDate start, int installments, int cliffInstallment) {
    return new VestSchedule(
        start,
        1,
        installments,
        cliffInstallment,
        Allocation.CUMULATIVE_ROUND_DOWN,
        Optional.empty());
  }

  /** Uneven years, one installment each. */
  public static VestSchedule yearly(LocalDate start, YearlyPercents percents) {
    return new VestSchedule(
        start,
        Months.PER_YEAR,
        percents.years(),
        0,
        Allocation.CUMULATIVE_ROUND_DOWN,
        Optional.of(percents));
  }

  /** From the start to the last installment. */
  public int months() {
    return monthsApart * installments;
  }

  public LocalDate date(int installment) {
    return start.plusMonths((long) monthsApart * installment);
  }

  /** The first installment that vests anything; it aggregates those before it. */
  int firstVesting() {
    return Math.max(1, cliffInstallment);
  }

  /** Millionths vested after each installment 0 to n, as if there were no cliff. */
  long[] cumulativeMicros(Quantity total) {
    long stepMicros = allocation.stepMicros();
    long steps = total.micros() / stepMicros;
    var cumulative = new long[installments + 1];
    if (yearlyPercents.isEmpty()) {
      for (int k = 1; k <= installments; k++) {
        cumulative[k] = allocation.cumulative(steps, k, installments) * stepMicros;
      }
      return cumulative;
    }
    var yearEnds = yearlyPercents.get().yearEnds(steps, allocation);
    int perYear = Months.PER_YEAR / monthsApart;
    for (int k = 1; k <= installments; k++) {
      int year = (k - 1) / perYear + 1;
      long inYear = yearEnds[year] - yearEnds[year - 1];
      int within = k - (year - 1) * perYear;
      cumulative[k] =
          (yearEnds[year - 1] + allocation.cumulative(inYear, within, perYear)) * stepMicros;
    }
    return cumulative;
  }
}
