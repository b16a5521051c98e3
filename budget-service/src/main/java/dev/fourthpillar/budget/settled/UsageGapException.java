package dev.fourthpillar.budget.settled;

/**
 * Lines of usage are missing. They are in the feed, or the feed has lost them; in either case
 * nothing of this person may be booked before they are.
 */
public final class UsageGapException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageGapException(long first, long applied) {
    super("settlement %d came after %d (expected: %d)".formatted(first, applied, applied + 1));
  }
}
