package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.lens.Lenses;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a package is worth: cash and equity in the classic total, tokens beside it under their lens
 * names, the average next to the years, and a reason for every line. Nothing in it is legal advice.
 *
 * @param annualised the flat average year
 * @param years offer year 1 to the end of the term
 * @param next12Months from the as-of date; year 1 until the start
 * @param lenses of a year; empty without a token budget
 */
public record Statement(
    LocalDate asOf,
    Currency currency,
    PackageView annualised,
    List<PackageView> years,
    PackageView next12Months,
    Reconciliation reconciliation,
    Refreshers refreshers,
    Optional<Lenses> lenses,
    Metrics metrics,
    ComputeVersusSalary computeVersusSalary,
    CashAndCompute cashAndCompute,
    List<Warning> warnings) {

  public Statement {
    years = List.copyOf(years);
    warnings = List.copyOf(warnings);
  }

  /** Top lines; what they are made of hangs below them. */
  public List<Line> lines() {
    return Stream.of(
            annualised.lines().stream(),
            years.stream().flatMap(year -> year.lines().stream()),
            next12Months.lines().stream(),
            refreshers.lines().stream(),
            lenses.stream().flatMap(five -> five.lines().stream()),
            metrics.lines().stream())
        .flatMap(lines -> lines)
        .toList();
  }

  /** The line with that id, wherever it hangs. */
  public Optional<Line> find(String lineId) {
    return Line.find(lineId, lines());
  }
}
