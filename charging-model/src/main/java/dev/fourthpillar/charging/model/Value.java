package dev.fourthpillar.charging.model;

import dev.fourthpillar.charging.world.Attempt;
import dev.fourthpillar.charging.world.Cost;
import dev.fourthpillar.charging.world.Tokens;
import java.time.Instant;
import java.util.Optional;

/**
 * What a unit is worth, and to whom.
 *
 * @param payer who is charged, where somebody known is
 * @param through the attempt of the hold that pays, if one does
 * @param booked what holds have booked for the unit
 * @param estimate whether nobody but the hold has said how much it was
 */
public record Value(
    State state,
    Optional<String> payer,
    Instant time,
    String model,
    Cost worth,
    Tokens tokens,
    Optional<Attempt> through,
    Cost booked,
    Tokens bookedTokens,
    boolean estimate) {

  Value in(State other) {
    return new Value(
        other, payer, time, model, worth, tokens, through, booked, bookedTokens, estimate);
  }

  /** What should be charged for it now. */
  public Optional<Charge> charge() {
    if (state != State.SETTLED) {
      return Optional.empty();
    }
    return Optional.of(
        new Charge(
            new Charge.Line(payer.orElseThrow(), through, time),
            worth.minus(booked),
            tokens.minus(bookedTokens)));
  }
}
