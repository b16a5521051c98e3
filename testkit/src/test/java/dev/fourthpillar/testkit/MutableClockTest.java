package dev.fourthpillar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MutableClockTest {

  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

  private final MutableClock clock = MutableClock.at("2026-11-21T00:00:00Z");

  @Test
  void standsStillUntilTold() {
    assertThat(clock.instant()).isEqualTo(START);
    assertThat(clock.advance(Duration.ofDays(1))).isEqualTo(clock.instant());
    assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofDays(1)));
    clock.set(START);
    assertThat(clock.instant()).isEqualTo(START);
  }

  @Test
  void advancesForwardOnly() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
        .withMessageContaining("PT-0.000000001S (expected: >= PT0S");
  }
}
