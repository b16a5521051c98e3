package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.explain.Input;
import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.lens.Lenses;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.line.Printer;
import dev.fourthpillar.comp.line.Worth;
import dev.fourthpillar.comp.money.Absence;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.money.Ratio;
import dev.fourthpillar.comp.token.TokenBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;

/** Computes the metrics from the rounded lines of the annualised view and the lenses. */
record MetricsCalculator(
    StatementInput input, PackageView view, Optional<Lenses> lenses, Printer printer) {

  private static final String ID = "metric.";

  Metrics metrics() {
    var face = view.tokensAtFace();
    var base = view.base().amount();
    var consumed = lens("CONSUMED", lenses.map(Lenses::consumed));
    var employerCost = lens("EMPLOYER_COST", lenses.map(Lenses::employerCost));
    var realizable = lens("REALIZABLE", lenses.map(Lenses::realizable));
    var basis =
        input.loadedCost().isPresent() ? Metrics.OutputBasis.LOADED_COST : Metrics.OutputBasis.BASE;
    var perHead = input.loadedCost().map(cost -> printer.exact(cost.exact()).round()).orElse(base);
    var inflation = headlineInflation(face, employerCost);
    var expected = expected();
    return new Metrics(
        view.tokenShare(),
        face.ratio(amount -> Ratio.percentOf(amount, base)),
        consumed.ratio(amount -> Ratio.percentOf(amount, base)),
        basis,
        face.ratio(amount -> multiplier(amount, perHead)),
        employerCost.ratio(amount -> multiplier(amount, perHead)),
        inflation,
        percentOf(inflation, face),
        honestyGap(face, realizable),
        expected,
        atLeastZero(minus("SHORTFALL", "expected - CONSUMED, at least 0", expected, consumed)),
        handcuffCost(),
        anchor());
  }

  static Figure headlineInflation(Figure face, Figure employerCost) {
    return minus("HEADLINE_INFLATION", "FACE - EMPLOYER_COST", face, employerCost);
  }

  static Ratio percentOf(Figure part, Figure whole) {
    return part.ratio(more -> whole.ratio(amount -> Ratio.percentOf(more, amount)));
  }

  // Without a budget each lens is plainly zero.
  private Figure lens(String name, Optional<Figure> figure) {
    return figure.orElseGet(
        () -> new Figure.Known(printer.zero("lens." + name, "0, no token budget")));
  }

  private static Figure minus(String name, String formula, Figure from, Figure subtrahend) {
    return from.flatMap(
        a ->
            subtrahend.map(
                b ->
                    Line.derived(ID + name, a.amount().minus(b.amount()), formula, List.of(a, b))));
  }

  private Figure atLeastZero(Figure figure) {
    return figure.map(
        line ->
            line.amount().signum() < 0
                ? new Line(
                    line.id(), Money.zero(printer.currency()), line.original(), line.explanation())
                : line);
  }

  private Ratio honestyGap(Figure face, Figure realizable) {
    return face.ratio(
        granted ->
            realizable.ratio(
                real ->
                    view.headline()
                        .total()
                        .ratio(total -> Ratio.percentOf(granted.minus(real), total))));
  }

  private static Ratio multiplier(Money tokens, Money perHead) {
    return perHead.signum() == 0
        ? new Ratio.Undefined(Absence.WHOLE_IS_ZERO)
        : Ratio.plain(BigFraction.ONE.add(tokens.fraction().divide(perHead.fraction())));
  }

  private Figure expected() {
    return input
        .pack()
        .tokens()
        .flatMap(TokenBudget::expectedConsumption)
        .<Figure>map(
            amount ->
                new Figure.Known(
                    printer.print(
                        ID + "EXPECTED_CONSUMPTION",
                        Worth.of(amount.exact(), "expected consumption of the plan"))))
        .orElseGet(() -> new Figure.Absent(Absence.EXPECTATION_NOT_STATED));
  }

  private Figure handcuffCost() {
    var consumed = lens("CONSUMED", lenses.map(Lenses::consumed));
    if (input.marginalTax().isEmpty()) {
      return consumed.flatMap(line -> new Figure.Absent(Absence.MARGINAL_TAX_NOT_STATED));
    }
    Percent tax = input.marginalTax().get();
    return consumed.map(
        line ->
            printer.print(
                ID + "HANDCUFF_COST",
                Worth.of(
                    lenses
                        .flatMap(Lenses::exactConsumed)
                        .orElseGet(() -> line.amount().exact())
                        .times(tax.complement().fraction().reciprocal()),
                    "CONSUMED / (1 - marginal tax)",
                    Input.of("CONSUMED", line.amount()),
                    Input.of("marginal tax", tax))));
  }

  private Line anchor() {
    var lines = new ArrayList<Line>();
    lines.add(view.base());
    view.targetBonus().ifPresent(lines::add);
    lines.addAll(view.equity());
    return Line.total(ID + "NEXT_OFFER_ANCHOR", printer.currency(), lines);
  }
}
