package dev.fourthpillar.comp.money;

import dev.fourthpillar.comp.failure.Checks;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Splits an amount over periods so that the parts sum to the whole: each part is the rounded
 * cumulative amount minus the one before it. Two equal shares of the whole therefore differ by at
 * most one minor unit.
 */
public final class Split {

  /** Ten years of days. */
  public static final int MAX_PARTS = 3660;

  private Split() {}

  /** Equal parts, 1 to {@link #MAX_PARTS}. */
  public static List<Money> evenly(Money whole, int parts) {
    var checks = new Checks();
    checks.that(parts >= 1 && parts <= MAX_PARTS, "parts", parts, "1 to " + MAX_PARTS);
    checks.orThrow();
    return byWeights(whole, Collections.nCopies(parts, 1L));
  }

  /**
   * Parts in proportion to weights, for example the days of each period.
   *
   * @param weights 1 to {@link #MAX_PARTS}, none negative, at least one positive
   */
  public static List<Money> byWeights(Money whole, List<Long> weights) {
    var checks = new Checks();
    checks.that(
        !weights.isEmpty() && weights.size() <= MAX_PARTS,
        "weights",
        weights.size() + " elements",
        "1 to " + MAX_PARTS);
    checks.that(weights.stream().allMatch(w -> w >= 0), "weights", weights, "none negative");
    checks.that(weights.stream().anyMatch(w -> w > 0), "weights", weights, "at least one positive");
    var minorUnits = whole.currency().getDefaultFractionDigits();
    checks.that(
        whole.amount().scale() <= minorUnits,
        "whole",
        whole,
        "at most " + minorUnits + " decimals");
    checks.orThrow();
    var sum = weights.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
    var parts = new ArrayList<Money>(weights.size());
    var cumulativeWeight = BigInteger.ZERO;
    var before = Money.zero(whole.currency());
    for (long weight : weights) {
      cumulativeWeight = cumulativeWeight.add(BigInteger.valueOf(weight));
      var upTo = whole.exact().times(Fractions.of(cumulativeWeight, sum)).round();
      parts.add(upTo.minus(before));
      before = upTo;
    }
    return List.copyOf(parts);
  }
}
