package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.calendar.Window;
import dev.fourthpillar.comp.explain.Input;
import dev.fourthpillar.comp.line.Worth;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Fractions;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What is paid once, inside of the term: a sign-on, or whatever else is one-off.
 *
 * @param day on which it belongs to a window
 */
record OneOffStream(String id, Worth whole, LocalDate day, int termYears) implements MoneyStream {

  @Override
  public Worth annualised() {
    return new Worth(
        whole.exact().times(Fractions.of(1, termYears)),
        "one-off amount / term",
        List.of(Input.of("one-off amount", whole.exact()), Input.of("term in years", termYears)),
        whole.snapshots(),
        List.of());
  }

  @Override
  public Worth within(Window window) {
    return window.holds(day)
        ? new Worth(
            whole.exact(),
            "one-off amount of that day",
            List.of(Input.of("one-off amount", whole.exact()), Input.of("day", day)),
            whole.snapshots(),
            List.of())
        : Worth.of(
            ExactMoney.zero(whole.exact().currency()),
            "nothing, the day is elsewhere",
            Input.of("one-off amount", whole.exact()),
            Input.of("day", day));
  }

  @Override
  public Map<Difference, ExactMoney> differences() {
    return Map.of();
  }
}
