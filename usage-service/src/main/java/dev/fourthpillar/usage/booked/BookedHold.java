package dev.fourthpillar.usage.booked;

import dev.fourthpillar.pricing.quantity.Quantities;
import java.time.Instant;
import java.util.Map;

/**
 * A hold as budget-service has booked it.
 *
 * @param sequence the highest counts
 * @param outcome SETTLED, ESTIMATED or RELEASED
 * @param payerKind who pays for what is charged through it
 * @param attempts what was booked for each model call, by its place from 1
 */
public record BookedHold(
    String engineer,
    String hold,
    long sequence,
    String outcome,
    String payerKind,
    Instant reserveTime,
    Instant endTime,
    Map<Integer, Attempt> attempts) {

  public BookedHold {
    attempts = Map.copyOf(attempts);
  }

  /** What was booked for one model call. */
  public record Attempt(
      String currency, long listNanos, long employerNanos, Quantities quantities) {}

  /** A hold's id is unique for its engineer only. */
  public record Id(String engineer, String hold) {}
}
