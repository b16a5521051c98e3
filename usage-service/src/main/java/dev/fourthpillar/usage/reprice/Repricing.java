package dev.fourthpillar.usage.reprice;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * A re-pricing and how far it is.
 *
 * @param id the request id it was asked for with
 * @param start for calls from when on
 * @param end for calls before when
 * @param atUnit the last unit that was looked at
 * @param lastUnit the last one that is to be
 * @param changed calls whose price it has changed, and has not changed back
 * @param currency absent before anything changed
 */
public record Repricing(
    String id,
    Instant start,
    Instant end,
    String reason,
    String author,
    Instant createdAt,
    State state,
    long atUnit,
    long lastUnit,
    long changed,
    long noLongerPriced,
    Optional<String> currency,
    BigInteger listChange,
    BigInteger employerChange) {

  /** The names are those of the contract's {@code RepricingState} without its prefix. */
  public enum State {
    APPLYING,
    APPLIED,
    REVERTING,
    REVERTED
  }

  /** What was asked for. */
  public record Order(Instant start, Instant end, String reason, String author) {}

  static Repricing begun(String id, Order order, Instant now, RepricingRepository.Range units) {
    return new Repricing(
        id,
        order.start(),
        order.end(),
        order.reason(),
        order.author(),
        now,
        State.APPLYING,
        Math.max(0, units.first() - 1),
        units.last(),
        0,
        0,
        Optional.empty(),
        BigInteger.ZERO,
        BigInteger.ZERO);
  }

  Repricing reverting() {
    return moved(State.REVERTING, 0, new Step(0, 0, currency, BigInteger.ZERO, BigInteger.ZERO));
  }

  /** What a step has done. */
  record Step(
      long changed,
      long noLongerPriced,
      Optional<String> currency,
      BigInteger listChange,
      BigInteger employerChange) {}

  Repricing moved(State next, long at, Step step) {
    return new Repricing(
        id,
        start,
        end,
        reason,
        author,
        createdAt,
        next,
        at,
        lastUnit,
        changed + step.changed(),
        noLongerPriced + step.noLongerPriced(),
        currency.or(step::currency),
        listChange.add(step.listChange()),
        employerChange.add(step.employerChange()));
  }
}
