package dev.fourthpillar.comp.proration;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Money;
import java.time.LocalDate;

/**
 * A yearly amount that applies from a day on, until the next one does: a base before and after a
 * raise, a bonus before and after a new target.
 *
 * @param perYear 0 or more
 */
public record AnnualAmount(LocalDate from, Money perYear) {

  public AnnualAmount {
    var checks = new Checks();
    checks.date("from", from);
    if (checks.present("perYear", perYear)) {
      checks.that(perYear.signum() >= 0, "perYear", perYear, ">= 0");
    }
    checks.orThrow();
  }
}
