package dev.fourthpillar.comp.explain;

import dev.fourthpillar.comp.money.ExactMoney;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * A value that entered a formula.
 *
 * @param name as the formula calls it
 * @param given exact and immutable; its text is only made where somebody reads it
 */
public record Input(String name, Object given) {

  public static Input of(String name, Object given) {
    return new Input(name, given);
  }

  /** The value, as text. */
  public String value() {
    return given instanceof BigFraction fraction
        ? ExactMoney.plain(fraction)
        : String.valueOf(given);
  }
}
