package dev.fourthpillar.backbone.feed.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often the log hears of what goes wrong all the time. */
final class ComplaintTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final Complaint complaint = new Complaint(Duration.ofMinutes(1));

  @Test
  void theSameIsToldOnceAMinute() {
    assertThat(complaint.isNews("no table", 0)).isTrue();
    assertThat(complaint.isNews("no table", MINUTE / 300)).isFalse();
    assertThat(complaint.isNews("no table", MINUTE - 1)).isFalse();
    assertThat(complaint.isNews("no table", MINUTE)).isTrue();
    assertThat(complaint.isNews("no table", 2 * MINUTE - 1)).isFalse();
  }

  @Test
  void anotherOneIsToldAtOnce() {
    assertThat(complaint.isNews("no table", 0)).isTrue();
    assertThat(complaint.isNews("no database", 1)).isTrue();
    assertThat(complaint.isNews("no database", 2)).isFalse();
  }

  @Test
  void whatComesBackAfterItWentWellIsToldAtOnce() {
    assertThat(complaint.isNews("no table", 0)).isTrue();
    complaint.over();
    assertThat(complaint.isNews("no table", 1)).isTrue();
  }
}
