package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.lens.Lenses;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link Statement} says in numbers; without what the years are reconciled with and what
 * refreshers would bring. Lines that were made for it alone explain nothing.
 */
public record StatementFigures(
    Currency currency,
    PackageView annualised,
    List<PackageView> years,
    PackageView next12Months,
    Optional<Lenses> lenses,
    Metrics metrics,
    ComputeVersusSalary computeVersusSalary,
    List<Warning> warnings) {

  public StatementFigures {
    years = List.copyOf(years);
    warnings = List.copyOf(warnings);
  }
}
