package dev.fourthpillar.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** When the story may happen. */
final class CalendarTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.5Z");

  @Test
  void theStoryEndsNowAndBeganThreeWeeksAgo() {
    Calendar calendar = Calendar.endingNow(NOW);

    assertThat(calendar.asOf()).isEqualTo("2026-11-21T12:00:00Z");
    assertThat(calendar.start()).isEqualTo("2026-10-31T12:00:00Z");
    assertThat(calendar.firstDay()).isEqualTo(LocalDate.of(2026, 1, 1));
  }

  @Test
  void inJanuaryItBeginsWithTheYear() {
    Calendar calendar = Calendar.endingNow(Instant.parse("2027-01-10T00:00:00Z"));

    assertThat(calendar.start()).isEqualTo("2027-01-03T00:00:00Z");
  }

  @Test
  void inTheFirstDaysOfAYearItIsTheOneBefore() {
    Calendar calendar = Calendar.endingNow(Instant.parse("2027-01-02T10:00:00Z"));

    assertThat(calendar.asOf()).isEqualTo("2026-12-31T00:00:00Z");
    assertThat(calendar.firstDay()).isEqualTo(LocalDate.of(2026, 1, 1));
  }

  @Test
  void aTimeToComeOrTooLongAgoIsRefused() {
    assertThatThrownBy(() -> Calendar.endingAt(NOW.plusSeconds(60), NOW))
        .hasMessageContaining("not later than now");
    assertThatThrownBy(() -> Calendar.endingAt(Instant.parse("2026-11-08T11:00:00Z"), NOW))
        .hasMessageContaining("at most 13 days before");
    assertThat(Calendar.endingAt(Instant.parse("2026-11-09T11:00:00Z"), NOW).asOf())
        .isEqualTo("2026-11-09T11:00:00Z");
  }
}
