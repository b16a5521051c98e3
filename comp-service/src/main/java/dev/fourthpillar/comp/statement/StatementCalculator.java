package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.lens.LensCalculator;
import dev.fourthpillar.comp.lens.Lenses;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.line.Printer;
import dev.fourthpillar.comp.line.Worth;
import dev.fourthpillar.comp.money.Absence;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.token.Entitlement;
import dev.fourthpillar.comp.token.TokenBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Computes a statement. Pure: no clock, no storage, no randomness. */
public final class StatementCalculator {

  private StatementCalculator() {}

  /**
   * @throws dev.fourthpillar.comp.failure.Invalid when the input contradicts itself
   * @throws dev.fourthpillar.comp.failure.RateMissing when currencies meet without a quote
   */
  public static Statement calculate(StatementInput input) {
    var pack = input.pack();
    var years = pack.years();
    var printer = new Printer(input.currency(), input.asOf(), input.fx());
    var streams = Streams.of(pack, input.asOf());
    var builder = new ViewBuilder(streams, noFace(pack.tokens()), printer);

    var annualised = builder.build("annualised", MoneyStream::annualised);
    var yearViews =
        IntStream.rangeClosed(1, pack.termYears())
            .mapToObj(n -> builder.build("year." + n, stream -> stream.within(years.year(n))))
            .toList();
    var ntmWindow = years.next12Months(input.asOf());
    var ntm = builder.build("ntm", stream -> stream.within(ntmWindow));

    var exactTotals = new ArrayList<ExactMoney>();
    exactTotals.add(exactTotal(streams, printer, MoneyStream::annualised));
    for (int year = 1; year <= pack.termYears(); year++) {
      var window = years.year(year);
      exactTotals.add(exactTotal(streams, printer, stream -> stream.within(window)));
    }

    var lenses =
        pack.tokens()
            .map(
                budget ->
                    LensCalculator.lenses(
                        budget,
                        streams.tokens().map(stream -> stream.annualised()),
                        input.use(),
                        printer));
    return new Statement(
        input.asOf(),
        input.currency(),
        annualised,
        yearViews,
        ntm,
        Reconciliation.of(streams, annualised, yearViews, exactTotals, printer),
        new RefresherCalculator(streams, years, pack.termYears(), printer).refreshers(),
        lenses,
        new MetricsCalculator(input, annualised, lenses, printer).metrics(),
        ComputeVersusSalary.of(
            lenses, printer.exact(pack.base().annual()), input.thresholds().computeNearsSalary()),
        cashAndCompute(input, streams, printer, exactTotals.getFirst()),
        warnings(pack.tokens(), lenses));
  }

  static Optional<Absence> noFace(Optional<TokenBudget> tokens) {
    return tokens
        .filter(budget -> budget.entitlement() instanceof Entitlement.Uncapped)
        .map(budget -> Absence.FACE_UNDEFINED);
  }

  private static ExactMoney exactTotal(
      Streams streams, Printer printer, Function<MoneyStream, Worth> reading) {
    return streams.promised().stream()
        .map(stream -> printer.exact(reading.apply(stream).exact()))
        .reduce(ExactMoney.zero(printer.currency()), ExactMoney::plus);
  }

  private static CashAndCompute cashAndCompute(
      StatementInput input, Streams streams, Printer printer, ExactMoney everything) {
    var base = printer.exact(input.pack().base().annual());
    var cash =
        streams
            .targetBonus()
            .map(bonus -> base.plus(printer.exact(bonus.annualised().exact())))
            .orElse(base);
    if (noFace(input.pack().tokens()).isPresent()) {
      return new CashAndCompute(cash, Optional.empty(), Optional.empty());
    }
    var compute =
        streams
            .tokens()
            .map(tokens -> printer.exact(tokens.annualised().exact()))
            .orElse(ExactMoney.zero(printer.currency()));
    return new CashAndCompute(cash, Optional.of(compute), Optional.of(everything));
  }

  static List<Warning> warnings(Optional<TokenBudget> tokens, Optional<Lenses> lenses) {
    var warnings = new ArrayList<Warning>();
    if (tokens.filter(TokenBudget::contradictsTool).isPresent()) {
      warnings.add(Warning.TOOL_CONTRADICTS_TERMS);
    }
    if (lenses.stream()
        .flatMap(five -> Stream.of(five.realizable(), five.portable()))
        .anyMatch(Figure.NeedsReview.class::isInstance)) {
      warnings.add(Warning.NEEDS_REVIEW);
    }
    return warnings;
  }
}
