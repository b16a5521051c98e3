package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.proration.Proration;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A package, and over which years it is read.
 *
 * @param terms package, day of rates and currency
 * @param proration how pay of a part of a calendar or tax year is counted
 * @param years how many, from the one that holds the start, 1 to {@link #MAX_YEARS}; empty for up
 *     to the end of the term
 */
public record ProjectionInput(
    StatementInput terms, YearKind kind, Proration proration, Optional<Integer> years) {

  public static final int MAX_YEARS = 20;

  public ProjectionInput {
    var checks = new Checks();
    checks.present("kind", kind);
    checks.present("proration", proration);
    if (checks.present("years", years)
        && years.isPresent()
        && checks.that(
            years.get() >= 1 && years.get() <= MAX_YEARS, "years", years.get(), "1 to " + MAX_YEARS)
        && checks.present("terms", terms)) {
      var end = terms.pack().years().anniversary(years.get() + 1);
      checks.that(
          !end.isAfter(Checks.LATEST_DATE),
          "years",
          years.get(),
          "years that end by " + Checks.LATEST_DATE);
    }
    checks.orThrow();
  }

  LocalDate start() {
    return terms.pack().start();
  }
}
