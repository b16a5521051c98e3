package dev.fourthpillar.budget.account;

import java.util.Set;

/**
 * What was told of the open period's use.
 *
 * @param periodStart its first minute
 * @param crossed the thresholds, in percent, that were told
 * @param exhausted whether it was told that nothing is left
 */
public record Thresholds(long periodStart, Set<Integer> crossed, boolean exhausted) {
  /** Before the first period. */
  public static final Thresholds NONE = new Thresholds(Long.MIN_VALUE, Set.of(), false);

  public Thresholds {
    crossed = Set.copyOf(crossed);
  }
}
