package dev.fourthpillar.charging.model;

import dev.fourthpillar.charging.world.Attempt;
import dev.fourthpillar.charging.world.Cost;
import dev.fourthpillar.charging.world.Tokens;
import java.time.Instant;
import java.util.Optional;

/** An amount on a line; a change of one may be negative. */
public record Charge(Line line, Cost cost, Tokens tokens) {

  /**
   * Where it is charged, and what for.
   *
   * @param time of the call
   */
  public record Line(String payer, Optional<Attempt> through, Instant time) {}

  public Charge negated() {
    return new Charge(line, cost.negated(), tokens.negated());
  }

  public Charge minus(Charge before) {
    return new Charge(line, cost.minus(before.cost), tokens.minus(before.tokens));
  }

  public boolean isNothing() {
    return cost.equals(Cost.NOTHING) && tokens.isNone();
  }
}
