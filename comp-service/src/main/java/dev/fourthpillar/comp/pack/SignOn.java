package dev.fourthpillar.comp.pack;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.terms.Guarantee;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A payment for joining, made once.
 *
 * @param id unique among the package's components
 * @param amount 0 or more
 * @param paidOn inside of the contract term
 */
public record SignOn(
    String id, Money amount, LocalDate paidOn, Guarantee guarantee, Optional<Clawback> clawback) {

  public SignOn {
    var checks = new Checks();
    Ids.check(checks, id);
    if (checks.present("amount", amount)) {
      checks.that(amount.signum() >= 0, "amount", amount, ">= 0");
    }
    checks.date("paidOn", paidOn);
    checks.present("guarantee", guarantee);
    checks.present("clawback", clawback);
    checks.orThrow();
  }

  public static SignOn contractual(String id, Money amount, LocalDate paidOn) {
    return new SignOn(id, amount, paidOn, Guarantee.CONTRACTUAL, Optional.empty());
  }
}
