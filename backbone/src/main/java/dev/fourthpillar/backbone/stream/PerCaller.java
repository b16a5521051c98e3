package dev.fourthpillar.backbone.stream;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import java.util.HashMap;
import java.util.Map;

/** How many of something each caller may have open at once on this replica. */
public final class PerCaller {
  private final String limit;
  private final String what;
  private final int max;
  private final Map<String, Integer> open = new HashMap<>();

  /**
   * @param limit its name, for example {@code streams-per-caller}
   * @param what is counted, as a refusal says it: for example "open streams"
   */
  public PerCaller(String limit, String what, int max) {
    this.limit = limit;
    this.what = what;
    this.max = max;
  }

  /**
   * One more of this caller, until it {@linkplain #leave leaves}.
   *
   * @throws FailureException LIMIT_EXCEEDED when that is too many
   */
  synchronized void enter(String caller) {
    int now = open.merge(caller, 1, Integer::sum);
    if (now > max) {
      leave(caller);
      throw Failure.of(
              Reason.LIMIT_EXCEEDED,
              "%s of caller '%s': %d (expected: at most %d)".formatted(what, caller, now, max))
          .with("limit", limit)
          .with("max", Integer.toString(max))
          .with("actual", Integer.toString(now))
          .asException();
    }
  }

  synchronized void leave(String caller) {
    open.computeIfPresent(caller, (_, now) -> now == 1 ? null : now - 1);
  }
}
