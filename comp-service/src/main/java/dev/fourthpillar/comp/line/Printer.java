package dev.fourthpillar.comp.line;

import dev.fourthpillar.comp.explain.Explanation;
import dev.fourthpillar.comp.explain.Input;
import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.explain.SnapshotRef;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.fx.Rate;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * Turns worth into lines of one statement: converts at full precision, rounds once, keeps the
 * original amount, and writes the explanation.
 *
 * @param currency of the statement
 * @param asOf quotes after this day are not used
 */
public record Printer(Currency currency, LocalDate asOf, FxTable fx) {

  /** In the currency of the statement, not rounded. */
  public ExactMoney exact(ExactMoney amount) {
    return rate(amount.currency()).convert(amount);
  }

  public Line print(String id, Worth worth) {
    var rate = rate(worth.exact().currency());
    var converted = !(rate instanceof Rate.Same);
    var inputs = new ArrayList<Input>(worth.inputs());
    var snapshots = new ArrayList<SnapshotRef>(worth.snapshots());
    if (converted) {
      inputs.add(Input.of("original", worth.exact()));
      inputs.add(Input.of("rate", ExactMoney.plain(rate.factor())));
      snapshots.addAll(rate.snapshots());
    }
    var beside =
        worth.beside().stream()
            .map(other -> print(id + "." + other.name(), other.worth()))
            .toList();
    return new Line(
        id,
        rounded(id, rate.convert(worth.exact())),
        converted ? Optional.of(rounded(id, worth.exact())) : Optional.empty(),
        new Explanation(
            converted ? "(" + worth.formula() + ") × rate" : worth.formula(),
            inputs,
            snapshots,
            beside));
  }

  /** A line that is zero by a rule, which it names. */
  public Line zero(String id, String rule) {
    return new Line(
        id,
        Money.zero(currency),
        Optional.empty(),
        new Explanation(rule, List.of(), List.of(), List.of()));
  }

  // An amount out of range names the line it would have been.
  private static Money rounded(String id, ExactMoney amount) {
    var checks = new Checks();
    var money = checks.at(id, amount::round);
    checks.orThrow();
    return money.orElseThrow();
  }

  private Rate rate(Currency from) {
    return fx.rate(from, currency, asOf);
  }
}
