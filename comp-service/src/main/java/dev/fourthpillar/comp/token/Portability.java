package dev.fourthpillar.comp.token;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.vest.Allocation;
import dev.fourthpillar.comp.vest.Quantity;
import dev.fourthpillar.comp.vest.Tranche;
import dev.fourthpillar.comp.vest.VestSchedule;
import dev.fourthpillar.comp.vest.VestTable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Which part of what is unspent survives an exit. */
public sealed interface Portability {

  /** The percentage that survives an exit on {@code lastDay}, which counts. */
  Percent on(LocalDate lastDay);

  /** Use it or lose it. */
  record None() implements Portability {
    @Override
    public Percent on(LocalDate lastDay) {
      return Percent.ZERO;
    }
  }

  /**
   * The same percentage on every day.
   *
   * @param percent 0 to 100
   */
  record Fixed(Percent percent) implements Portability {
    public Fixed {
      var checks = new Checks();
      Percent.within(checks, "percent", percent, "0", "100");
      checks.orThrow();
    }

    @Override
    public Percent on(LocalDate lastDay) {
      return percent;
    }
  }

  /**
   * A percentage that vests, on the engine that vests shares.
   *
   * @param percent reached at the end, 0 to 100 with at most {@link #MAX_DECIMALS} decimals
   * @param schedule FRACTIONAL, since percentages are no whole units
   * @param grantDate earlier installments fall on the first vest date from here on
   */
  record Vesting(Percent percent, VestSchedule schedule, LocalDate grantDate)
      implements Portability {
    public static final int MAX_DECIMALS = 6;

    public Vesting {
      var checks = new Checks();
      if (Percent.within(checks, "percent", percent, "0", "100")) {
        checks.that(
            percent.value().scale() <= MAX_DECIMALS,
            "percent",
            percent,
            "at most " + MAX_DECIMALS + " decimals");
      }
      if (checks.present("schedule", schedule)) {
        checks.that(
            schedule.allocation() == Allocation.FRACTIONAL,
            "schedule.allocation",
            schedule.allocation(),
            "FRACTIONAL");
      }
      checks.date("grantDate", grantDate);
      checks.orThrow();
    }

    @Override
    public Percent on(LocalDate lastDay) {
      return percent(table().vested(lastDay));
    }

    /** The schedule as (date, cumulative percentage), by date. */
    public List<Row> rows() {
      return table().tranches().stream().map(Vesting::row).toList();
    }

    private VestTable table() {
      var points = percent.value().movePointRight(MAX_DECIMALS).longValueExact();
      return VestTable.of(schedule, grantDate, new Quantity(points));
    }

    private static Row row(Tranche tranche) {
      return new Row(tranche.date(), percent(tranche.cumulative()));
    }

    private static Percent percent(Quantity points) {
      return new Percent(BigDecimal.valueOf(points.micros(), MAX_DECIMALS));
    }
  }

  /** From that day on, that percentage survives. */
  record Row(LocalDate date, Percent cumulative) {}
}
