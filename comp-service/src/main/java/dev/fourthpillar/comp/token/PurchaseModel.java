package dev.fourthpillar.comp.token;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;

/** How the employer buys what it grants at list price. */
public sealed interface PurchaseModel {

  /** Off the list price, 0 to 100 %. */
  Percent discount();

  /** Pays what is consumed. */
  record PayAsYouGo(Percent discount) implements PurchaseModel {
    public PayAsYouGo {
      var checks = new Checks();
      Percent.within(checks, "discount", discount, "0", "100");
      checks.orThrow();
    }
  }

  /**
   * Pays a commitment whether it is used or not, and what goes beyond it.
   *
   * @param commitment per year at list price, 0 or more
   */
  record TakeOrPay(Money commitment, Percent discount) implements PurchaseModel {
    public TakeOrPay {
      var checks = new Checks();
      if (checks.present("commitment", commitment)) {
        checks.that(commitment.signum() >= 0, "commitment", commitment, ">= 0");
      }
      Percent.within(checks, "discount", discount, "0", "100");
      checks.orThrow();
    }
  }
}
