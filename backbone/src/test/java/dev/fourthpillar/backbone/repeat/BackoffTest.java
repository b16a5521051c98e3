package dev.fourthpillar.backbone.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Waits between tries that fail. */
final class BackoffTest {

  @Test
  void eachWaitIsTwiceTheOneBeforeUpToTheLimit() {
    Backoff backoff = new Backoff(Duration.ofMillis(300), Duration.ofSeconds(2));
    assertThat(Stream.generate(backoff::next).limit(5))
        .containsExactly(millis(300, 600, 1_200, 2_000, 2_000));

    backoff.reset();
    assertThat(Stream.generate(backoff::next).limit(2)).containsExactly(millis(300, 600));
  }

  @Test
  void aFirstWaitBeyondTheLimitStays() {
    Backoff backoff = new Backoff(Duration.ofSeconds(3), Duration.ofSeconds(2));
    assertThat(Stream.generate(backoff::next).limit(2)).containsExactly(millis(3_000, 3_000));
  }

  private static Duration[] millis(long... millis) {
    return LongStream.of(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}
