package dev.fourthpillar.budget.settled;

import java.util.List;

/**
 * Lines of one person, numbered without a gap.
 *
 * @param engineer the engineer, or a pseudonym that nobody resolves
 * @param pseudonymous which of the two
 * @param first number of the first line
 * @param last number of the last line
 * @param lines by number
 */
record UsageBatch(
    String engineer, boolean pseudonymous, long first, long last, List<UsageLine> lines) {
  UsageBatch {
    lines = List.copyOf(lines);
    if (lines.isEmpty()
        || last - first + 1 != lines.size()
        || lines.getFirst().number() != first
        || lines.getLast().number() != last) {
      throw new IllegalArgumentException(
          "lines of one event: %d from %d to %d (expected: each number once, in order)"
              .formatted(lines.size(), first, last));
    }
  }

  /** What is to be done with a batch when the lines up to {@code applied} were applied. */
  Step after(long applied) {
    if (last <= applied) {
      return Step.SKIP;
    }
    return first == applied + 1 ? Step.APPLY : Step.GAP;
  }

  /** What is to be done with a batch. */
  enum Step {
    /** It follows. */
    APPLY,
    /** It was applied. */
    SKIP,
    /** Lines before it are missing: applying it would hide that. */
    GAP
  }
}
