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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns worth into lines of one statement: converts at full precision, rounds once, keeps the
 * original amount, and writes the explanation. For one thread.
 */
public final class Printer {
  private final Currency currency;
  private final LocalDate asOf;
  private final FxTable fx;
  private final boolean explains;
  private final Map<Currency, Rate> rates = new HashMap<>();

  /**
   * @param currency of the statement
   * @param asOf quotes after this day are not used
   */
  public Printer(Currency currency, LocalDate asOf, FxTable fx) {
    this(currency, asOf, fx, true);
  }

  private Printer(Currency currency, LocalDate asOf, FxTable fx, boolean explains) {
    this.currency = currency;
    this.asOf = asOf;
    this.fx = fx;
    this.explains = explains;
  }

  /** Prints the same amounts. */
  public static Printer withoutExplanations(Currency currency, LocalDate asOf, FxTable fx) {
    return new Printer(currency, asOf, fx, false);
  }

  public Currency currency() {
    return currency;
  }

  public LocalDate asOf() {
    return asOf;
  }

  /** In the currency of the statement, not rounded. */
  public ExactMoney exact(ExactMoney amount) {
    return rate(amount.currency()).convert(amount);
  }

  public Line print(String id, Worth worth) {
    var rate = rate(worth.exact().currency());
    var converted = !(rate instanceof Rate.Same);
    if (!explains) {
      return new Line(
          id, rounded(id, rate.convert(worth.exact())), Optional.empty(), Explanation.NONE);
    }
    var inputs = new ArrayList<Input>(worth.inputs());
    var snapshots = new ArrayList<SnapshotRef>(worth.snapshots());
    if (converted) {
      inputs.add(Input.of("original", worth.exact()));
      inputs.add(Input.of("rate", rate.factor()));
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
    return rates.computeIfAbsent(from, source -> fx.rate(source, currency, asOf));
  }
}
