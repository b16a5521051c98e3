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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Computes a statement. Pure: no clock, no storage, no randomness. */
public final class StatementCalculator {

  private final StatementInput input;
  private final Printer printer;
  private final Streams streams;

  /** The average year, and each year of the term. */
  private final List<Function<MoneyStream, Worth>> readings = new ArrayList<>();

  private StatementCalculator(StatementInput input, Printer printer) {
    this.input = input;
    this.printer = printer;
    this.streams = Streams.of(input.pack(), input.asOf());
    readings.add(once(MoneyStream::annualised));
    for (int year = 1; year <= input.pack().termYears(); year++) {
      var window = input.pack().years().year(year);
      readings.add(once(stream -> stream.within(window)));
    }
  }

  /**
   * @throws dev.fourthpillar.comp.failure.Invalid when the input contradicts itself
   * @throws dev.fourthpillar.comp.failure.RateMissing when currencies meet without a quote
   */
  public static Statement calculate(StatementInput input) {
    var printer = new Printer(input.currency(), input.asOf(), input.fx());
    return new StatementCalculator(input, printer).statement();
  }

  /**
   * The same figures alone, for many at a time: half of the work of a statement is to explain it.
   *
   * @throws dev.fourthpillar.comp.failure.CompFailure as {@link #calculate}
   */
  public static StatementFigures figures(StatementInput input) {
    var printer = Printer.withoutExplanations(input.currency(), input.asOf(), input.fx());
    return new StatementCalculator(input, printer).figures();
  }

  private Statement statement() {
    var figures = figures();
    var exactTotals = readings.stream().map(this::exactTotal).toList();
    var pack = input.pack();
    return new Statement(
        input.asOf(),
        input.currency(),
        figures.annualised(),
        figures.years(),
        figures.next12Months(),
        Reconciliation.of(streams, figures.annualised(), figures.years(), exactTotals, printer),
        new RefresherCalculator(streams, pack.years(), pack.termYears(), printer).refreshers(),
        figures.lenses(),
        figures.metrics(),
        figures.computeVersusSalary(),
        cashAndCompute(input, streams, printer, exactTotals.getFirst()),
        figures.warnings());
  }

  private StatementFigures figures() {
    var pack = input.pack();
    var builder = new ViewBuilder(streams, noFace(pack.tokens()), printer);
    var annualised = builder.build("annualised", readings.getFirst());
    var years = new ArrayList<PackageView>();
    for (int year = 1; year <= pack.termYears(); year++) {
      years.add(builder.build("year." + year, readings.get(year)));
    }
    var ntmWindow = pack.years().next12Months(input.asOf());
    var lenses =
        pack.tokens()
            .map(
                budget ->
                    LensCalculator.lenses(
                        budget,
                        streams.tokens().map(stream -> stream.annualised()),
                        input.use(),
                        printer));
    return new StatementFigures(
        input.currency(),
        annualised,
        years,
        builder.build("ntm", stream -> stream.within(ntmWindow)),
        lenses,
        new MetricsCalculator(input, annualised, lenses, printer).metrics(),
        ComputeVersusSalary.of(
            lenses, printer.exact(pack.base().annual()), input.thresholds().computeNearsSalary()),
        warnings(pack.tokens(), lenses));
  }

  static Optional<Absence> noFace(Optional<TokenBudget> tokens) {
    return tokens
        .filter(budget -> budget.entitlement() instanceof Entitlement.Uncapped)
        .map(budget -> Absence.FACE_UNDEFINED);
  }

  /** The same reading, worked out once for each stream: a view prints it, a total adds it. */
  private static Function<MoneyStream, Worth> once(Function<MoneyStream, Worth> reading) {
    var known = new IdentityHashMap<MoneyStream, Worth>();
    return stream -> known.computeIfAbsent(stream, reading);
  }

  private ExactMoney exactTotal(Function<MoneyStream, Worth> reading) {
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
