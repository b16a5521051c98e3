package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.calendar.OfferYears;
import dev.fourthpillar.comp.calendar.Window;
import dev.fourthpillar.comp.explain.Input;
import dev.fourthpillar.comp.line.Worth;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Fractions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is paid for time: base, bonus, benefits, a yearly token budget. It belongs to the offer year
 * it is for.
 *
 * @param amounts per offer year, from year 1 to the last one any window reaches
 */
record PayStream(String id, OfferYears years, int termYears, List<Worth> amounts)
    implements MoneyStream {

  @Override
  public Worth annualised() {
    return amounts.getFirst();
  }

  @Override
  public Worth within(Window window) {
    int first = years.payYearOf(window.firstPayDay());
    int last = years.payYearOf(window.lastPayDay());
    if (first == last) {
      return amounts.get(first - 1);
    }
    var sum = ExactMoney.zero(annualised().exact().currency());
    var inputs = new ArrayList<Input>();
    for (int year = first; year <= last; year++) {
      long days = window.payDaysShared(years.year(year));
      var amount = amounts.get(year - 1).exact();
      sum = sum.plus(amount.times(Fractions.of(days, window.payDays())));
      inputs.add(Input.of("year " + year, new OfDays(amount, days)));
    }
    inputs.add(Input.of("days", window.payDays()));
    return new Worth(
        sum, "Σ amount of the offer year × its days / days", inputs, List.of(), List.of());
  }

  @Override
  public Map<Difference, ExactMoney> differences() {
    var growth = ExactMoney.zero(annualised().exact().currency());
    for (int year = 2; year <= termYears; year++) {
      growth = growth.plus(amounts.get(year - 1).exact()).minus(annualised().exact());
    }
    return Map.of(Difference.GROWTH, growth);
  }

  /** Part of a year's amount; its text is only made where somebody reads it. */
  private record OfDays(ExactMoney amount, long days) {
    @Override
    public String toString() {
      return amount + " for " + days + " days";
    }
  }
}
