package dev.fourthpillar.comp.lens;

import dev.fourthpillar.comp.explain.Input;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.line.Printer;
import dev.fourthpillar.comp.line.Worth;
import dev.fourthpillar.comp.money.Absence;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.token.Entitlement;
import dev.fourthpillar.comp.token.MeteredTokens;
import dev.fourthpillar.comp.token.TokenBudget;
import dev.fourthpillar.comp.token.TokenUse;
import java.util.Optional;

/** Who paid for what was consumed at list price: the own budget, overage, or the employer apart. */
sealed interface Consumption {

  record Known(Worth own, Worth overage, Worth employerFunded) implements Consumption {
    /** Own budget and overage, unrounded, in the currency of the statement. */
    ExactMoney total(Printer printer) {
      return printer.exact(own.exact()).plus(printer.exact(overage.exact()));
    }
  }

  record Unknown(Absence reason) implements Consumption {}

  /**
   * @param face the year's budget; empty where it is undefined
   * @throws dev.fourthpillar.comp.failure.Invalid when use beyond the budget is assumed and not
   *     declared
   */
  static Consumption of(TokenBudget budget, Optional<Worth> face, TokenUse use, Printer printer) {
    return switch (use) {
      case TokenUse.NotStated notStated -> new Unknown(Absence.CONSUMPTION_NOT_STATED);
      case TokenUse.Metered(MeteredTokens tokens) -> metered(tokens);
      case TokenUse.Utilisation(Percent percent) -> utilised(budget, face, percent);
      case TokenUse.Amount(Money amount) -> assumed(budget, face, amount, printer);
    };
  }

  private static Consumption metered(MeteredTokens tokens) {
    var charges = tokens.reference();
    return new Known(
        Worth.of(tokens.ownAtList().exact(), "Σ charges to the own budget at list price")
            .with(charges),
        Worth.of(tokens.overageAtList().exact(), "Σ overage charges at list price").with(charges),
        Worth.of(
                tokens.employerFundedAtList().exact(),
                "Σ charges to pools, projects and others at list price")
            .with(charges));
  }

  private static Consumption utilised(TokenBudget budget, Optional<Worth> face, Percent percent) {
    if (face.isEmpty()) {
      return new Unknown(Absence.FACE_UNDEFINED);
    }
    if (budget.entitlement() instanceof Entitlement.PooledShare) {
      // A percentage of no budget of one's own says nothing about use.
      return new Unknown(Absence.CONSUMPTION_NOT_STATED);
    }
    var beyond = !percent.isAtMost(Percent.HUNDRED);
    declared(budget, beyond, "use.percent", percent, "at most 100 %, since no overage is declared");
    var granted = face.get().exact();
    var own = beyond ? granted : granted.times(percent);
    var input = Input.of("utilisation", percent);
    return new Known(
        Worth.of(own, "FACE × utilisation, at most FACE", Input.of("FACE", granted), input),
        Worth.of(
            granted.times(percent).minus(own),
            "FACE × utilisation beyond 100 %",
            Input.of("FACE", granted),
            input),
        none(granted));
  }

  private static Consumption assumed(
      TokenBudget budget, Optional<Worth> face, Money amount, Printer printer) {
    var given = Worth.of(amount.exact(), "consumption as assumed");
    if (budget.entitlement() instanceof Entitlement.PooledShare) {
      return new Known(none(amount.exact()), none(amount.exact()), given);
    }
    if (face.isEmpty()) {
      return new Known(given, none(amount.exact()), none(amount.exact()));
    }
    var granted = printer.exact(face.get().exact());
    var over = printer.exact(amount.exact()).minus(granted);
    declared(
        budget,
        over.signum() > 0,
        "use.amount",
        amount,
        "at most the budget, " + face.get().exact() + ", since no overage is declared");
    return over.signum() <= 0
        ? new Known(given, none(granted), none(granted))
        : new Known(
            face.get(),
            Worth.of(over, "consumption as assumed - FACE", Input.of("consumption", amount)),
            none(granted));
  }

  private static void declared(
      TokenBudget budget, boolean beyond, String field, Object value, String expected) {
    var checks = new Checks();
    checks.that(!beyond || budget.overageAllowed(), field, value, expected);
    checks.orThrow();
  }

  private static Worth none(ExactMoney like) {
    return Worth.of(ExactMoney.zero(like.currency()), "none");
  }
}
