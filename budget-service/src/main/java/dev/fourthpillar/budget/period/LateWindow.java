package dev.fourthpillar.budget.period;

import java.time.Duration;
import java.time.Instant;

/** Until when usage changes the period it was made in. */
public final class LateWindow {
  /** After a period's end; usage that is told later is booked in the current period. */
  public static final Duration LENGTH = Duration.ofDays(35);

  private LateWindow() {}

  /** Whether a period that ended then is closed by now. */
  public static boolean isClosed(Instant end, Instant now) {
    return !end.plus(LENGTH).isAfter(now);
  }
}
