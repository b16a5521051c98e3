package dev.fourthpillar.budget.lot;

import java.time.Instant;

/** Time in whole minutes since 1970 UTC: what lots begin and end at, and what usage is told by. */
public final class Minutes {
  /** After everything: a lot without expiry ends here. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Before everything: until here periods are closed when none is. */
  public static final long EVER = Long.MIN_VALUE;

  private static final long SECONDS = 60;

  private Minutes() {}

  /** The minute in which that time is. */
  public static long of(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), SECONDS);
  }

  /** When the minute begins. */
  public static Instant start(long minute) {
    return Instant.ofEpochSecond(Math.multiplyExact(minute, SECONDS));
  }
}
