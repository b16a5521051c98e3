package dev.fourthpillar.cli.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for what the services tell each other, by asking. */
final class Await {
  /** A service that was killed may hold its consumers' leases for 15 s. */
  static final Duration LIMIT = Duration.ofMinutes(3);

  private static final Duration FIRST_WORD = Duration.ofSeconds(3);
  private static final Duration BETWEEN_WORDS = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Narrator narrator;
  private final Steps steps;

  Await(Narrator narrator, Steps steps) {
    this.narrator = narrator;
    this.steps = steps;
  }

  /**
   * Asks until there is an answer.
   *
   * @param what is waited for, for people
   * @param seen what was seen last, for the error message
   */
  <T> T until(String what, Supplier<Optional<T>> question, Supplier<String> seen) {
    return steps.asOne(() -> ask(what, question, seen));
  }

  private <T> T ask(String what, Supplier<Optional<T>> question, Supplier<String> seen) {
    long start = System.nanoTime();
    long word = start + FIRST_WORD.toNanos();
    while (true) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      long now = System.nanoTime();
      if (now - start > LIMIT.toNanos()) {
        throw new DemoException(
            "waited %d s for %s; seen: %s".formatted(LIMIT.toSeconds(), what, seen.get()));
      }
      if (now > word) {
        narrator.say("… waiting for " + what);
        word = now + BETWEEN_WORDS.toNanos();
      }
      Pause.of(POLL);
    }
  }
}
