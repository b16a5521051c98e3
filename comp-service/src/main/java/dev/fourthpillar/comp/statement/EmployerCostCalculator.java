package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.employer.EmployerCost;
import dev.fourthpillar.comp.employer.EmployerTerms;
import dev.fourthpillar.comp.employer.PayrollCharge;
import dev.fourthpillar.comp.explain.Input;
import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.lens.Lenses;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.line.Printer;
import dev.fourthpillar.comp.line.Worth;
import dev.fourthpillar.comp.money.Absence;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Fractions;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.pack.Benefit;
import dev.fourthpillar.comp.pack.Instrument;
import dev.fourthpillar.comp.token.Treatment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Computes what an average year of a package costs the employer. */
public final class EmployerCostCalculator {

  private static final String ID = "employer.";

  private final StatementInput input;
  private final PackageView annualised;
  private final Optional<Lenses> lenses;
  private final EmployerTerms terms;
  private final Printer printer;
  private final Streams streams;

  private EmployerCostCalculator(
      StatementInput input,
      PackageView annualised,
      Optional<Lenses> lenses,
      EmployerTerms terms,
      Printer printer) {
    this.input = input;
    this.annualised = annualised;
    this.lenses = lenses;
    this.terms = terms;
    this.printer = printer;
    this.streams = Streams.of(input.pack(), input.asOf());
  }

  /**
   * @param statement of {@code input}
   * @throws dev.fourthpillar.comp.failure.CompFailure when a charge is not in effect on the as-of
   *     date, or a rate is missing
   */
  public static EmployerCost calculate(
      StatementInput input, Statement statement, EmployerTerms terms) {
    var printer = new Printer(input.currency(), input.asOf(), input.fx());
    return new EmployerCostCalculator(
            input, statement.annualised(), statement.lenses(), terms, printer)
        .cost();
  }

  /**
   * The same without explanations.
   *
   * @param figures of {@code input}
   */
  public static EmployerCost calculate(
      StatementInput input, StatementFigures figures, EmployerTerms terms) {
    var printer = Printer.withoutExplanations(input.currency(), input.asOf(), input.fx());
    return new EmployerCostCalculator(input, figures.annualised(), figures.lenses(), terms, printer)
        .cost();
  }

  private EmployerCost cost() {
    var cash = cash();
    var charges = charges();
    var load = load();
    var benefits =
        load.isPresent()
            ? Optional.<Line>empty()
            : Optional.of(total("BENEFITS", annualised.benefits()));
    var tokens =
        lenses
            .map(Lenses::employerCost)
            .orElseGet(() -> new Figure.Known(printer.zero(ID + "TOKENS", "0, no token budget")));
    var equity =
        terms.includesEquity()
            ? Optional.of(total("EQUITY", annualised.equity()))
            : Optional.<Line>empty();
    var overhead =
        terms
            .overhead()
            .map(
                amount ->
                    printer.print(ID + "OVERHEAD", Worth.of(amount.exact(), "overhead as stated")));
    var parts =
        Stream.of(
                Stream.<Figure>of(new Figure.Known(cash)),
                missing(),
                charges.stream().map(EmployerCost.Charge::amount),
                Stream.of(load, benefits, equity, overhead)
                    .flatMap(Optional::stream)
                    .<Figure>map(Figure.Known::new),
                Stream.of(tokens))
            .flatMap(figures -> figures)
            .toList();
    return new EmployerCost(
        cash, charges, load, benefits, tokens, equity, overhead, total(parts), staleRules());
  }

  private Line cash() {
    var view = annualised;
    var lines = new ArrayList<Line>();
    lines.add(view.base());
    view.targetBonus().ifPresent(lines::add);
    lines.addAll(view.signOns());
    return total("CASH", lines);
  }

  private Line total(String name, List<Line> lines) {
    return Line.total(ID + name, printer.currency(), lines);
  }

  /** Absent as soon as a part is: half a cost looks like a whole one. */
  private Figure total(List<Figure> parts) {
    var lines = new ArrayList<Line>();
    for (var part : parts) {
      switch (part) {
        case Figure.Known(Line line) -> lines.add(line);
        case Figure.Absent absent -> {
          return absent;
        }
        case Figure.NeedsReview review -> {
          return review;
        }
      }
    }
    return new Figure.Known(total("TOTAL", lines));
  }

  private Stream<Figure> missing() {
    return terms instanceof EmployerTerms.Unrecorded
        ? Stream.of(new Figure.Absent(Absence.EMPLOYER_CHARGES_MISSING))
        : Stream.empty();
  }

  private Optional<Line> load() {
    return switch (terms) {
      case EmployerTerms.Loaded(BigDecimal factor, boolean _) ->
          Optional.of(
              printer.print(
                  ID + "LOAD",
                  Worth.of(
                      exactCash().times(Fractions.of(factor.subtract(BigDecimal.ONE))),
                      "cash × (load factor - 1)",
                      Input.of("cash", exactCash()),
                      Input.of("load factor", factor.toPlainString()))));
      case EmployerTerms.Payroll _, EmployerTerms.Unrecorded _ -> Optional.empty();
    };
  }

  private List<EmployerCost.Charge> charges() {
    return switch (terms) {
      case EmployerTerms.Payroll payroll -> {
        var checks = new Checks();
        payroll.checkInEffect(checks, input.asOf());
        checks.orThrow();
        yield payroll.charges().stream()
            .map(charge -> new EmployerCost.Charge(charge.ruleId(), amount(charge)))
            .toList();
      }
      case EmployerTerms.Loaded _, EmployerTerms.Unrecorded _ -> List.of();
    };
  }

  private Figure amount(PayrollCharge charge) {
    var pay = charge.includesVests() ? exactCash().plus(exactVests()) : exactCash();
    return switch (charge.basis()) {
      case CASH -> new Figure.Known(charged(charge, pay));
      case CASH_AND_TAXABLE_BENEFITS ->
          undecided()
              .<Figure>map(Figure.NeedsReview::new)
              .orElseGet(() -> new Figure.Known(charged(charge, pay.plus(taxableBenefits()))));
    };
  }

  private Line charged(PayrollCharge charge, ExactMoney basis) {
    var cap = charge.cap().map(most -> printer.exact(most.exact()));
    var part = cap.filter(basis::isAtLeast).orElse(basis);
    return printer.print(
        ID + "CHARGE." + charge.ruleId(),
        Worth.of(
                part.times(charge.rate()),
                cap.isPresent() ? "rate × basis, at most the cap" : "rate × basis",
                Input.of("rule", charge.ruleId()),
                Input.of("rate", charge.rate()),
                Input.of("basis", basis),
                Input.of("of", charge.basis()),
                Input.of("vests", charge.includesVests() ? "included" : "not included"),
                Input.of("cap", charge.cap().map(Money::toString).orElse("none")),
                Input.of("citation", charge.citation()))
            .with(charge.reference()));
  }

  /** What keeps a charge on benefits from being known. */
  private Optional<Absence> undecided() {
    if (input.pack().benefits().stream()
        .anyMatch(
            benefit ->
                benefit.taxation() == Benefit.Taxation.UNKNOWN && benefit.amount().signum() > 0)) {
      return Optional.of(Absence.BENEFIT_TAXATION_UNKNOWN);
    }
    return input
        .pack()
        .tokens()
        .filter(budget -> budget.treatment() != Treatment.TOOL)
        .map(budget -> Absence.TOKEN_TAXATION_UNDECIDED);
  }

  private ExactMoney exactCash() {
    return Stream.of(
            Stream.of(streams.base()), streams.targetBonus().stream(), streams.signOns().stream())
        .<MoneyStream>flatMap(some -> some)
        .map(stream -> printer.exact(stream.annualised().exact()))
        .reduce(ExactMoney.zero(printer.currency()), ExactMoney::plus);
  }

  /** Of shares and virtual shares: an option is charged when it is exercised, if it ever is. */
  private ExactMoney exactVests() {
    return streams.equity().stream()
        .filter(stream -> !(stream.grant().instrument() instanceof Instrument.Option))
        .map(stream -> printer.exact(stream.annualised().exact()))
        .reduce(ExactMoney.zero(printer.currency()), ExactMoney::plus);
  }

  private ExactMoney taxableBenefits() {
    var sum = ExactMoney.zero(printer.currency());
    var benefits = input.pack().benefits();
    for (int i = 0; i < benefits.size(); i++) {
      if (benefits.get(i).taxation() == Benefit.Taxation.TAXABLE) {
        sum = sum.plus(printer.exact(streams.benefits().get(i).annualised().exact()));
      }
    }
    return sum;
  }

  private List<String> staleRules() {
    return terms instanceof EmployerTerms.Payroll payroll
        ? payroll.charges().stream()
            .filter(charge -> charge.isStaleOn(input.asOf()))
            .map(PayrollCharge::ruleId)
            .toList()
        : List.of();
  }
}
