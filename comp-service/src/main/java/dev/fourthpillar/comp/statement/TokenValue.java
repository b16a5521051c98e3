package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.explain.Input;
import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.lens.LensCalculator;
import dev.fourthpillar.comp.lens.Lenses;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.line.Printer;
import dev.fourthpillar.comp.line.Worth;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.money.Ratio;
import dev.fourthpillar.comp.token.Entitlement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A token budget under its lenses: of a year, or of the whole where it is one-off.
 *
 * @param headlineInflation FACE - EMPLOYER_COST
 * @param headlineInflationPercent of FACE
 */
public record TokenValue(
    Lenses lenses,
    Figure headlineInflation,
    Ratio headlineInflationPercent,
    List<Warning> warnings) {

  public TokenValue {
    warnings = List.copyOf(warnings);
  }

  /**
   * @throws dev.fourthpillar.comp.failure.CompFailure when use beyond the budget is assumed and not
   *     declared, or a rate is missing
   */
  public static TokenValue of(TokenValueInput input) {
    var printer = new Printer(input.currency(), input.asOf(), input.fx());
    var lenses = LensCalculator.lenses(input.tokens(), face(input), input.use(), printer);
    var inflation = MetricsCalculator.headlineInflation(lenses.face(), lenses.employerCost());
    return new TokenValue(
        lenses,
        inflation,
        MetricsCalculator.percentOf(inflation, lenses.face()),
        StatementCalculator.warnings(Optional.of(input.tokens()), Optional.of(lenses)));
  }

  public List<Line> lines() {
    return Stream.concat(lenses.lines().stream(), headlineInflation.known().stream()).toList();
  }

  private static Optional<Worth> face(TokenValueInput input) {
    return switch (input.tokens().entitlement()) {
      case Entitlement.FixedMoney(Money amount) ->
          Optional.of(Worth.of(amount.exact(), "amount", Input.of("amount", amount)));
      case Entitlement.PercentOfBase(Percent percent) ->
          Optional.of(BaseCurve.of(input.base().orElseThrow(), 1).percentOf(percent).getFirst());
      case Entitlement.FixedQuantity quantity -> Optional.of(Streams.valued(quantity));
      case Entitlement.PooledShare _ ->
          Optional.of(
              Worth.of(
                  ExactMoney.zero(input.currency()), "0, a place at a pool is no entitlement"));
      case Entitlement.Uncapped _ -> Optional.empty();
    };
  }
}
