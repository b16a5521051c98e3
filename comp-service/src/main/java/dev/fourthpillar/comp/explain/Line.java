package dev.fourthpillar.comp.explain;

import dev.fourthpillar.comp.money.Money;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * A statement line: rounded once, and able to explain itself.
 *
 * @param id unique and stable within its statement, for example {@code year.2.EQUITY.grant-1}
 * @param amount in the currency of the statement, rounded to its minor units
 * @param original the amount before conversion, rounded, when it is in another currency
 */
public record Line(String id, Money amount, Optional<Money> original, Explanation explanation) {

  /** A total: the sum of rounded lines, so that statements foot. */
  public static Line total(String id, Currency currency, List<Line> lines) {
    var sum = lines.stream().map(Line::amount).reduce(Money.zero(currency), Money::plus);
    return derived(id, sum, "sum of the lines", lines);
  }

  /** A figure computed from rounded lines by adding or subtracting only. */
  public static Line derived(String id, Money amount, String formula, List<Line> lines) {
    return new Line(id, amount, Optional.empty(), Explanation.ofLines(formula, lines));
  }

  /** This line or the one with that id somewhere below it. */
  public Optional<Line> find(String wanted) {
    return id.equals(wanted) ? Optional.of(this) : find(wanted, explanation.parts());
  }

  /** The line with that id among these and what is below them. */
  public static Optional<Line> find(String wanted, List<Line> lines) {
    return lines.stream().flatMap(line -> line.find(wanted).stream()).findFirst();
  }
}
