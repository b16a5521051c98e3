package dev.fourthpillar.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How old usage may be that a suite records. */
class SuiteOptionsTest {
  private static final Instant RECORDED = Instant.parse("2026-11-20T16:00:00Z");

  @Test
  void aRecordedRunIsOldEnoughOnAnyDay() {
    assertThat(window("2026-11-21T16:00:00Z")).isEqualTo(Duration.ofDays(35));
    // 365 days, and an hour for the sending.
    assertThat(window("2027-11-20T16:00:00Z")).isEqualTo(Duration.ofDays(365).plusHours(1));
    // More than the service can be set to.
    assertThat(window("2046-11-20T16:00:00Z")).isEqualTo(Duration.ofDays(3_650));
  }

  private static Duration window(String now) {
    return SuiteOptions.temporary()
        .recordingUsageSince(RECORDED, Instant.parse(now))
        .deduplicationWindow();
  }
}
