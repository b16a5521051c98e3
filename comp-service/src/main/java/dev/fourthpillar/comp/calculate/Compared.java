package dev.fourthpillar.comp.calculate;

import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Ratio;
import dev.fourthpillar.comp.statement.BreakEven;
import dev.fourthpillar.comp.statement.Statement;
import java.util.Optional;

/** Two statements of one currency, and what the second has more than the first. */
public record Compared(Statement first, Statement second) {

  Money classicTc() {
    return second.annualised().classicTc().amount().minus(first.annualised().classicTc().amount());
  }

  /** Empty where one of the face values is undefined. */
  Optional<Money> tokensAtFace() {
    return first
        .annualised()
        .tokensAtFace()
        .amount()
        .flatMap(
            before ->
                second.annualised().tokensAtFace().amount().map(after -> after.minus(before)));
  }

  Money nextOfferAnchor() {
    return second
        .metrics()
        .nextOfferAnchor()
        .amount()
        .minus(first.metrics().nextOfferAnchor().amount());
  }

  Ratio breakEven() {
    return BreakEven.between(first, second);
  }
}
