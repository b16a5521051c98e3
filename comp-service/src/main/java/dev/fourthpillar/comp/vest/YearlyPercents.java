package dev.fourthpillar.comp.vest;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Percent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * Uneven years, such as 5/15/40/40.
 *
 * @param percents one per year, each 0 to 100 with at most {@link #MAX_DECIMALS} decimals, together
 *     exactly 100; 1 to {@link #MAX_YEARS}
 */
public record YearlyPercents(List<Percent> percents) {

  public static final int MAX_YEARS = 10;
  public static final int MAX_DECIMALS = 6;

  /** The whole in the unit in which the percents are integers. */
  private static final long HUNDRED_PERCENT = 100_000_000;

  public YearlyPercents {
    var checks = new Checks();
    if (checks.atMost("", percents, MAX_YEARS)) {
      percents = List.copyOf(percents);
      for (int i = 0; i < percents.size(); i++) {
        var field = "[" + i + "]";
        if (Percent.within(checks, field, percents.get(i), "0", "100")) {
          checks.that(
              percents.get(i).value().scale() <= MAX_DECIMALS,
              field,
              percents.get(i),
              "at most " + MAX_DECIMALS + " decimals");
        }
      }
      var sum = percents.stream().map(Percent::value).reduce(BigDecimal.ZERO, BigDecimal::add);
      checks.that(
          sum.compareTo(Percent.HUNDRED.value()) == 0,
          "",
          sum.toPlainString() + " % in total",
          "exactly 100 % in total");
    }
    checks.orThrow();
  }

  public static YearlyPercents of(String... percents) {
    return new YearlyPercents(List.of(percents).stream().map(Percent::of).toList());
  }

  int years() {
    return percents.size();
  }

  /**
   * Steps vested at the end of each year, starting with 0 for year 0. The rounding types apply the
   * cumulative percentage; the loading types give each year its whole steps and deal the remainder
   * to the first or last years, so that equal percentages deal like no percentages.
   */
  long[] yearEnds(long steps, Allocation allocation) {
    return switch (allocation) {
      case CUMULATIVE_ROUND_DOWN -> cumulative(steps, BigInteger.ZERO);
      case CUMULATIVE_ROUNDING, FRACTIONAL ->
          cumulative(steps, BigInteger.valueOf(HUNDRED_PERCENT / 2));
      case FRONT_LOADED -> dealt(steps, true, false);
      case BACK_LOADED -> dealt(steps, false, false);
      case FRONT_LOADED_TO_SINGLE_TRANCHE -> dealt(steps, true, true);
      case BACK_LOADED_TO_SINGLE_TRANCHE -> dealt(steps, false, true);
    };
  }

  private long[] cumulative(long steps, BigInteger half) {
    var ends = new long[years() + 1];
    long units = 0;
    for (int year = 1; year <= years(); year++) {
      units += units(year);
      ends[year] = share(steps, units, half);
    }
    return ends;
  }

  private long[] dealt(long steps, boolean front, boolean single) {
    var perYear = new long[years() + 1];
    long left = steps;
    for (int year = 1; year <= years(); year++) {
      perYear[year] = share(steps, units(year), BigInteger.ZERO);
      left -= perYear[year];
    }
    for (int i = 1; i <= years() && left > 0; i++) {
      int year = front ? i : years() + 1 - i;
      if (units(year) > 0) { // a year of 0 % gets no crumbs either
        long extra = single ? left : 1;
        perYear[year] += extra;
        left -= extra;
      }
    }
    for (int year = 1; year <= years(); year++) {
      perYear[year] += perYear[year - 1];
    }
    return perYear;
  }

  private long units(int year) {
    return percents.get(year - 1).value().movePointRight(MAX_DECIMALS).longValueExact();
  }

  private static long share(long steps, long units, BigInteger half) {
    return BigInteger.valueOf(steps)
        .multiply(BigInteger.valueOf(units))
        .add(half)
        .divide(BigInteger.valueOf(HUNDRED_PERCENT))
        .longValueExact();
  }
}
