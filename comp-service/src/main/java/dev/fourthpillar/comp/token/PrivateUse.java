package dev.fourthpillar.comp.token;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Percent;

/** Which part of the consumption is private. */
public sealed interface PrivateUse {

  /**
   * @param percent 0 to 100
   */
  record Known(Percent percent) implements PrivateUse {
    public Known {
      var checks = new Checks();
      Percent.within(checks, "percent", percent, "0", "100");
      checks.orThrow();
    }
  }

  /** Nobody knows; what depends on it needs a review. */
  record Unknown() implements PrivateUse {}
}
