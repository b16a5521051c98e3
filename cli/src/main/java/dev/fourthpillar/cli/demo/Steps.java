package dev.fourthpillar.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Numbers what the story does, the same each time it is told: a call is one step however often it
 * is made, and so is a wait however often it asks. One thread's.
 */
final class Steps {
  private final IntConsumer begun;
  private final List<Long> startsNanos = new ArrayList<>();
  private boolean within;

  /**
   * @param begun is told the number of each step, from 0
   */
  Steps(IntConsumer begun) {
    this.begun = begun;
  }

  void begin() {
    if (!within) {
      startsNanos.add(System.nanoTime());
      begun.accept(startsNanos.size() - 1);
    }
  }

  /** What is done meanwhile is no step of its own. */
  <T> T asOne(Supplier<T> step) {
    begin();
    boolean before = within;
    within = true;
    try {
      return step.get();
    } finally {
      within = before;
    }
  }

  /** From the beginning of each step to that of the next one, or until now. */
  List<Duration> lengths() {
    List<Duration> lengths = new ArrayList<>();
    for (int i = 0; i < startsNanos.size(); i++) {
      long end = i + 1 < startsNanos.size() ? startsNanos.get(i + 1) : System.nanoTime();
      lengths.add(Duration.ofNanos(end - startsNanos.get(i)));
    }
    return lengths;
  }
}
