package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.line.Printer;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Money;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Why the years do not sum to term × average: Σ years - term × average = the named differences.
 *
 * @param sumOfYears all components of all years of the term, tokens at FACE included where defined
 * @param termTimesAverage the annualised components × the term
 * @param difference the first minus the second
 * @param named each difference; together they are {@code difference}
 * @param unexplained what the exact differences leave over; zero, or the calculation is wrong
 */
public record Reconciliation(
    Money sumOfYears,
    Money termTimesAverage,
    Money difference,
    Map<Difference, Money> named,
    ExactMoney unexplained) {

  static Reconciliation of(
      Streams streams,
      PackageView average,
      List<PackageView> years,
      List<ExactMoney> exactTotals,
      Printer printer) {
    var currency = printer.currency();
    int term = years.size();
    var sum = years.stream().map(Reconciliation::total).reduce(Money.zero(currency), Money::plus);
    var flat = total(average).exact().times(term).round();
    var difference = sum.minus(flat);

    var exact = new EnumMap<Difference, ExactMoney>(Difference.class);
    for (var kind : Difference.values()) {
      exact.put(kind, ExactMoney.zero(currency));
    }
    for (var stream : streams.promised()) {
      stream
          .differences()
          .forEach((kind, amount) -> exact.merge(kind, printer.exact(amount), ExactMoney::plus));
    }
    exact.put(Difference.ROUNDING, rounding(average, years, exactTotals, term));

    var unexplained = exact.values().stream().reduce(difference.exact(), ExactMoney::minus);
    var named = new EnumMap<Difference, Money>(Difference.class);
    var rest = difference.minus(unexplained.round());
    for (var kind : List.of(Difference.GROWTH, Difference.PRICE, Difference.UNEQUAL_TERMS)) {
      var amount = exact.get(kind).round();
      named.put(kind, amount);
      rest = rest.minus(amount);
    }
    // Printing the differences rounds as well; that belongs where rounding is named.
    named.put(Difference.ROUNDING, rest);
    return new Reconciliation(
        sum, flat, difference, Collections.unmodifiableMap(named), unexplained);
  }

  /** What rounding added to the years, minus what it added to term × average. */
  private static ExactMoney rounding(
      PackageView average, List<PackageView> years, List<ExactMoney> exactTotals, int term) {
    var sum = exactTotals.getFirst().minus(total(average).exact()).times(term);
    for (int year = 1; year <= term; year++) {
      sum = sum.plus(total(years.get(year - 1)).exact()).minus(exactTotals.get(year));
    }
    return sum;
  }

  private static Money total(PackageView view) {
    var withBenefits =
        view.benefits().stream()
            .map(line -> line.amount())
            .reduce(view.classicTc().amount(), Money::plus);
    return view.tokensAtFace().amount().map(withBenefits::plus).orElse(withBenefits);
  }
}
