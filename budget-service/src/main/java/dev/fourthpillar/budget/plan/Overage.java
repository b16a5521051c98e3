package dev.fourthpillar.budget.plan;

import java.util.List;

/**
 * What happens to a call that the budget does not cover. Metered usage is booked in any case, as
 * overage where nothing covers it.
 */
public sealed interface Overage {
  /** It is refused when it is reserved. */
  record Block() implements Overage {}

  /** It is let through, and what the budget does not cover is overage. */
  record Allow() implements Overage {}

  /**
   * It is let through as long as the overage of the period, with what open holds may add to it, is
   * at most so much.
   *
   * @param percent of the period's budget, 1 to {@value #MAX_PERCENT}
   */
  record AllowWithCap(int percent) implements Overage {
    /** Ten budgets. */
    public static final int MAX_PERCENT = 1_000;

    public AllowWithCap {
      if (percent < 1 || percent > MAX_PERCENT) {
        throw new IllegalArgumentException(
            "cap: %d percent (expected: 1 to %d)".formatted(percent, MAX_PERCENT));
      }
    }
  }

  /**
   * Calls of these models are let through, others are refused.
   *
   * @param models as {@code provider/model}, 1 to {@value #MAX_MODELS}
   */
  record Degrade(List<String> models) implements Overage {
    /** Models that are named. */
    public static final int MAX_MODELS = 20;

    /** Characters of one. */
    public static final int MAX_CHARS = 200;

    public Degrade {
      models = List.copyOf(models);
      if (models.isEmpty() || models.size() > MAX_MODELS) {
        throw new IllegalArgumentException(
            "models: %d (expected: 1 to %d)".formatted(models.size(), MAX_MODELS));
      }
    }
  }
}
