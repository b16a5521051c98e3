package dev.fourthpillar.comp.vest;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Percent;
import java.time.LocalDate;

/** Vesting that comes before its time. It adds to the cumulative and never goes above the total. */
public sealed interface Acceleration {

  LocalDate date();

  /**
   * A fixed number.
   *
   * @param quantity 0 or more; whole unless the schedule is FRACTIONAL
   */
  record Fixed(LocalDate date, Quantity quantity) implements Acceleration {
    public Fixed {
      var checks = new Checks();
      checks.date("date", date);
      if (checks.present("quantity", quantity)) {
        checks.that(quantity.micros() >= 0, "quantity", quantity, ">= 0");
      }
      checks.orThrow();
    }
  }

  /**
   * A percentage of what is unvested at the end of that day, rounded down to what the allocation
   * deals in.
   *
   * @param percent 0 to 100
   */
  record OfUnvested(LocalDate date, Percent percent) implements Acceleration {
    public OfUnvested {
      var checks = new Checks();
      checks.date("date", date);
      Percent.within(checks, "percent", percent, "0", "100");
      checks.orThrow();
    }
  }
}
