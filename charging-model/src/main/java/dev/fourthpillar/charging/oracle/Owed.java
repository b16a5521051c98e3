package dev.fourthpillar.charging.oracle;

import dev.fourthpillar.charging.world.Attempt;
import dev.fourthpillar.charging.world.Cost;
import dev.fourthpillar.charging.world.Tokens;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What must be charged when everything has arrived and all waits are over.
 *
 * @param lines what usage charges, by who pays and through what; nothing is left out
 * @param days the same, by who pays and the day of the call: a day has a rate
 * @param states how many calls stand where, by the name of the state
 */
public record Owed(Map<Line, Amount> lines, Map<Day, Cost> days, Map<String, Long> states) {

  public Owed {
    lines = Map.copyOf(lines);
    days = Map.copyOf(days);
    states = new TreeMap<>(states);
  }

  /** Who pays, and through which attempt of which hold. */
  public record Line(String payer, Optional<Attempt> through) {}

  public record Day(String payer, LocalDate day) {}

  public record Amount(Cost cost, Tokens tokens) {
    public static final Amount NOTHING = new Amount(Cost.NOTHING, Tokens.NONE);

    public Amount plus(Amount other) {
      return new Amount(cost.plus(other.cost), tokens.plus(other.tokens));
    }
  }
}
