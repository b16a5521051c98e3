package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.proration.AnnualAmount;
import dev.fourthpillar.comp.proration.Proration;
import java.time.LocalDate;
import java.util.List;

/**
 * Who leaves, and when.
 *
 * @param terms the package in force, the use of the current contract year's tokens, rates and
 *     currency; its as-of date is the last day
 * @param baseHistory the yearly base and from when it applied, at least since 1 January of the last
 *     day's year or the start of employment
 * @param employedSince the first day of employment
 */
public record LeaverInput(
    StatementInput terms,
    LocalDate employedSince,
    List<AnnualAmount> baseHistory,
    Proration proration) {

  public LeaverInput {
    var checks = new Checks();
    if (checks.present("terms", terms) && checks.date("employedSince", employedSince)) {
      checks.that(
          !employedSince.isAfter(terms.asOf()),
          "employedSince",
          employedSince,
          "on or before the last day, " + terms.asOf());
      checks.that(
          !terms.pack().start().isAfter(terms.asOf()),
          "terms.pack.start",
          terms.pack().start(),
          "on or before the last day, " + terms.asOf());
    }
    checks.present("baseHistory", baseHistory);
    checks.present("proration", proration);
    checks.orThrow();
    baseHistory = List.copyOf(baseHistory);
  }

  public LocalDate lastDay() {
    return terms.asOf();
  }
}
