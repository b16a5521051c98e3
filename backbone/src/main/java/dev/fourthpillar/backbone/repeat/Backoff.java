package dev.fourthpillar.backbone.repeat;

import java.time.Duration;

/** How long to wait before the next try: twice as long after each that failed, up to a limit. */
public final class Backoff {
  private final Duration first;
  private final Duration longest;
  private Duration next;

  /**
   * @param longest the limit; a longer {@code first} stays as it is
   */
  public Backoff(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.next = first;
  }

  /** The wait before the next try; the one after it will be longer. */
  public Duration next() {
    Duration now = next;
    if (now.compareTo(longest) < 0) {
      Duration doubled = now.multipliedBy(2);
      next = doubled.compareTo(longest) < 0 ? doubled : longest;
    }
    return now;
  }

  /** It went well: begins again with the first wait. */
  public void reset() {
    next = first;
  }
}
