package dev.fourthpillar.comp.lens;

import dev.fourthpillar.comp.explain.Input;
import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.line.Printer;
import dev.fourthpillar.comp.line.Worth;
import dev.fourthpillar.comp.money.Absence;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.token.MeteredTokens;
import dev.fourthpillar.comp.token.Portability;
import dev.fourthpillar.comp.token.PrivateUse;
import dev.fourthpillar.comp.token.PurchaseModel;
import dev.fourthpillar.comp.token.TokenBudget;
import dev.fourthpillar.comp.token.TokenUse;
import dev.fourthpillar.comp.token.Treatment;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks at one token budget through its five lenses. */
public final class LensCalculator {

  private static final String ID = "lens.";

  private final TokenBudget budget;
  private final Optional<Worth> faceWorth;
  private final TokenUse use;
  private final Printer printer;
  private final Consumption consumption;

  private LensCalculator(TokenBudget budget, Optional<Worth> face, TokenUse use, Printer printer) {
    this.budget = budget;
    this.faceWorth = face;
    this.use = use;
    this.printer = printer;
    this.consumption = Consumption.of(budget, face, use, printer);
  }

  /**
   * @param face a year's granted budget; empty where it is undefined
   * @throws dev.fourthpillar.comp.failure.CompFailure when use beyond the budget is assumed and not
   *     declared, or a rate is missing
   */
  public static Lenses lenses(
      TokenBudget budget, Optional<Worth> face, TokenUse use, Printer printer) {
    return new LensCalculator(budget, face, use, printer).lenses();
  }

  private Lenses lenses() {
    var overage = ofConsumption(known -> printer.print(ID + "OVERAGE", known.overage()));
    return new Lenses(
        face(),
        consumed(),
        employerCost(),
        realizable(),
        portable(),
        overage,
        ofConsumption(known -> printer.print(ID + "EMPLOYER_FUNDED", known.employerFunded())),
        unspent().map(worth -> known("UNSPENT", worth)).orElseGet(this::unspentAbsent),
        unusedCommitment(),
        faceWorth.map(worth -> printer.exact(worth.exact())),
        exactConsumed());
  }

  private Figure face() {
    return faceWorth
        .map(worth -> known("FACE", worth))
        .orElseGet(() -> new Figure.Absent(Absence.FACE_UNDEFINED));
  }

  private Figure consumed() {
    return ofConsumption(
        known ->
            Line.total(
                ID + "CONSUMED",
                printer.currency(),
                List.of(
                    printer.print(ID + "CONSUMED.OWN", known.own()),
                    printer.print(ID + "CONSUMED.OVERAGE", known.overage()))));
  }

  private Figure employerCost() {
    if (use instanceof TokenUse.Metered(MeteredTokens tokens)) {
      var worth = Worth.of(tokens.employerCost().exact(), "Σ charges at employer cost");
      return known("EMPLOYER_COST", worth.with(tokens.reference()));
    }
    return switch (budget.purchase()) {
      case PurchaseModel.PayAsYouGo(Percent discount) ->
          exactConsumed()
              .map(
                  consumed ->
                      known(
                          "EMPLOYER_COST",
                          Worth.of(
                              consumed.times(discount.complement()),
                              "consumed × (1 - discount)",
                              Input.of("consumed", consumed),
                              Input.of("discount", discount))))
              .orElseGet(this::consumptionAbsent);
      case PurchaseModel.TakeOrPay(Money commitment, Percent discount) -> {
        var committed = printer.exact(commitment.exact());
        // Use beyond the commitment is paid as well, or the cost would be a lie.
        var paid = exactConsumed().filter(c -> c.isAtLeast(committed)).orElse(committed);
        yield known(
            "EMPLOYER_COST",
            Worth.of(
                paid.times(discount.complement()),
                "the greater of commitment and consumed × (1 - discount)",
                Input.of("commitment", commitment),
                Input.of("consumed", shown(exactConsumed())),
                Input.of("discount", discount)));
      }
    };
  }

  private Optional<Figure> unusedCommitment() {
    return switch (budget.purchase()) {
      case PurchaseModel.PayAsYouGo payAsYouGo -> Optional.empty();
      case PurchaseModel.TakeOrPay(Money commitment, Percent discount) ->
          Optional.of(
              exactConsumed()
                  .map(
                      consumed ->
                          known(
                              "UNUSED_COMMITMENT",
                              Worth.of(
                                  printer
                                      .exact(commitment.exact())
                                      .minus(consumed)
                                      .atLeastZero()
                                      .times(discount.complement()),
                                  "(commitment - consumed, at least 0) × (1 - discount)",
                                  Input.of("commitment", commitment),
                                  Input.of("consumed", consumed),
                                  Input.of("discount", discount))))
                  .orElseGet(this::consumptionAbsent));
    };
  }

  private Figure realizable() {
    return switch (budget.treatment()) {
      case TOOL -> new Figure.Known(printer.zero(ID + "REALIZABLE", "0 for a tool"));
      case NEEDS_REVIEW -> new Figure.NeedsReview(Absence.TREATMENT_UNDECIDED);
      case MIXED, PAY ->
          switch (budget.privateUse()) {
            case PrivateUse.Unknown unknown -> new Figure.NeedsReview(Absence.PRIVATE_USE_UNKNOWN);
            case PrivateUse.Known(Percent percent) -> realizable(percent);
          };
    };
  }

  private Figure realizable(Percent privateUse) {
    if (exactConsumed().isEmpty()) {
      return consumptionAbsent();
    }
    var rate = budget.cashConversion();
    var left = unspent().map(worth -> printer.exact(worth.exact()));
    if (left.isEmpty() && !rate.isZero()) {
      return unspentAbsent();
    }
    var zero = ExactMoney.zero(printer.currency());
    var consumed = exactConsumed().orElseThrow();
    return known(
        "REALIZABLE",
        Worth.of(
            consumed.times(privateUse).plus(left.orElse(zero).times(rate)),
            "private use × consumed + cash conversion rate × unspent",
            Input.of("private use", privateUse),
            Input.of("consumed", consumed),
            Input.of("cash conversion rate", rate),
            Input.of("unspent", shown(left))));
  }

  private Figure portable() {
    if (budget.treatment() == Treatment.TOOL) {
      return new Figure.Known(printer.zero(ID + "PORTABLE", "0 for a tool"));
    }
    if (budget.portability() instanceof Portability.None) {
      return new Figure.Known(printer.zero(ID + "PORTABLE", "0, use it or lose it"));
    }
    if (budget.treatment() == Treatment.NEEDS_REVIEW) {
      return new Figure.NeedsReview(Absence.TREATMENT_UNDECIDED);
    }
    if (use instanceof TokenUse.Metered(MeteredTokens tokens)
        && tokens.unspentPortable().isPresent()) {
      var worth =
          Worth.of(tokens.unspentPortable().get().exact(), "unspent portable, from the balance");
      return known("PORTABLE", worth.with(tokens.reference()));
    }
    var survives = budget.portability().on(printer.asOf());
    return unspent()
        .map(
            worth ->
                known(
                    "PORTABLE",
                    Worth.of(
                        worth.exact().times(survives),
                        "unspent × portability that survives exit",
                        Input.of("unspent", worth.exact()),
                        Input.of("portability", survives),
                        Input.of("on", printer.asOf()))))
        .orElseGet(this::unspentAbsent);
  }

  private Optional<Worth> unspent() {
    if (use instanceof TokenUse.Metered(MeteredTokens tokens)) {
      return tokens
          .unspent()
          .map(
              left -> Worth.of(left.exact(), "unspent, from the balance").with(tokens.reference()));
    }
    if (faceWorth.isEmpty() || !(consumption instanceof Consumption.Known known)) {
      return Optional.empty();
    }
    var granted = printer.exact(faceWorth.get().exact());
    var own = printer.exact(known.own().exact());
    return Optional.of(
        Worth.of(
            granted.minus(own).atLeastZero(),
            "FACE - consumed from the own budget",
            Input.of("FACE", granted),
            Input.of("consumed", own)));
  }

  private Optional<ExactMoney> exactConsumed() {
    return consumption instanceof Consumption.Known known
        ? Optional.of(known.total(printer))
        : Optional.empty();
  }

  private Figure ofConsumption(Function<Consumption.Known, Line> line) {
    return switch (consumption) {
      case Consumption.Known known -> new Figure.Known(line.apply(known));
      case Consumption.Unknown(Absence reason) -> new Figure.Absent(reason);
    };
  }

  private Figure known(String name, Worth worth) {
    return new Figure.Known(printer.print(ID + name, worth));
  }

  private Figure consumptionAbsent() {
    return new Figure.Absent(
        consumption instanceof Consumption.Unknown(Absence reason)
            ? reason
            : Absence.CONSUMPTION_NOT_STATED);
  }

  private Figure unspentAbsent() {
    if (use instanceof TokenUse.Metered) {
      return new Figure.Absent(Absence.BALANCE_NOT_TOLD);
    }
    return faceWorth.isEmpty() ? new Figure.Absent(Absence.FACE_UNDEFINED) : consumptionAbsent();
  }

  private static String shown(Optional<ExactMoney> amount) {
    return amount.map(ExactMoney::toString).orElse("not stated");
  }
}
