package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.explain.Input;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.line.Worth;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.pack.Base;
import java.util.ArrayList;
import java.util.List;

/**
 * The base of each offer year: last year's rounded base × (1 + raise), rounded again, as a payroll
 * would do it.
 */
public record BaseCurve(Base base, List<Money> perYear) {

  public static BaseCurve of(Base base, int years) {
    return new BaseCurve(base, Checks.under("base.growthPerYear", () -> curve(base, years)));
  }

  private static List<Money> curve(Base base, int years) {
    var raise = new Percent(Percent.HUNDRED.value().add(base.growthPerYear().value()));
    var perYear = new ArrayList<Money>(years);
    var current = base.annual().round();
    for (int year = 1; year <= years; year++) {
      perYear.add(current);
      current = current.exact().times(raise).round();
    }
    return perYear;
  }

  int years() {
    return perYear.size();
  }

  public Money year(int n) {
    return perYear.get(n - 1);
  }

  Worth worth(int n) {
    return n == 1
        ? Worth.of(
            year(1).exact(),
            "amount × periods per year",
            Input.of("amount", base.amount()),
            Input.of("periods per year", base.period().perYear()))
        : Worth.of(
            year(n).exact(),
            "base of the year before × (1 + raise)",
            Input.of("base of the year before", year(n - 1)),
            Input.of("raise", base.growthPerYear()));
  }

  /** A percentage of each year's base. */
  List<Worth> percentOf(Percent percent) {
    return perYear.stream()
        .map(
            amount ->
                Worth.of(
                    amount.exact().times(percent),
                    "base of the year × percent",
                    Input.of("base of the year", amount),
                    Input.of("percent", percent)))
        .toList();
  }
}
