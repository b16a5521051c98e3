package dev.fourthpillar.budget.lot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A time without a limit: what no lot pays in it is the entitlement's all the same, and no overage.
 *
 * @param from its first minute
 * @param until the first minute after it; {@link Minutes#NEVER}
 */
public record Span(long from, long until) {
  public Span {
    if (from >= until) {
      throw new IllegalArgumentException(
          "span: minute %d to %d (expected: forward)".formatted(from, until));
    }
  }

  /** These by first minute, those that overlap as one. */
  public static List<Span> inOrder(Collection<Span> spans) {
    List<Span> merged = new ArrayList<>();
    for (Span span : spans.stream().sorted(Comparator.comparingLong(Span::from)).toList()) {
      if (merged.isEmpty() || merged.getLast().until <= span.from) {
        merged.add(span);
      } else {
        Span last = merged.removeLast();
        merged.add(new Span(last.from, Math.max(last.until, span.until)));
      }
    }
    return merged;
  }

  /** Whether the minute is in one of them. */
  public static boolean covers(List<Span> spans, long minute) {
    return spans.stream().anyMatch(span -> span.from <= minute && minute < span.until);
  }
}
