package dev.fourthpillar.comp.proration;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.line.Worth;
import dev.fourthpillar.comp.money.Money;
import java.time.LocalDate;

/**
 * A yearly amount that applies from a day on, until the next one does: a base before and after a
 * raise, a bonus before and after a new target.
 *
 * @param perYear 0 or more
 */
public record AnnualAmount(LocalDate from, Worth perYear) {

  public AnnualAmount {
    var checks = new Checks();
    checks.date("from", from);
    if (checks.present("perYear", perYear)) {
      checks.that(perYear.exact().signum() >= 0, "perYear", perYear.exact(), ">= 0");
    }
    checks.orThrow();
  }

  public static AnnualAmount of(LocalDate from, Money perYear) {
    return new AnnualAmount(from, Worth.of(perYear.exact(), "amount per year"));
  }
}
