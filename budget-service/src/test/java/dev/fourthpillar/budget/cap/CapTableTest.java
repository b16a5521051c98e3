package dev.fourthpillar.budget.cap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.money.Amount;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which caps count for a call, and when their windows begin. */
final class CapTableTest {
  private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aCallCountsWhereItMeetsAllConditionsAndWhereItIsNamed() {
    CapTable caps =
        new CapTable(
            List.of(
                cap("all", "", "", "", false),
                cap("all-too", "", "", "", false),
                cap("model", "acme/nova", "", "", false),
                cap("tool", "", "ide", "", false),
                cap("project", "", "", "apollo", false),
                cap("narrow", "acme/nova", "ide", "apollo", false),
                cap("team", "", "", "", true)));

    assertThat(ids(caps, Set.of("acme/nova"), "ide", "apollo"))
        .containsExactly("all", "all-too", "model", "narrow", "project", "tool");
    assertThat(ids(caps, Set.of("acme/nova-2026", "acme/nova"), "", ""))
        .containsExactly("all", "all-too", "model");
    assertThat(ids(caps, Set.of(), "cli", "zeus")).containsExactly("all", "all-too");
    assertThat(ids(caps, Set.of(), "", "", "team", "model"))
        .containsExactly("all", "all-too", "model", "team");
  }

  @Test
  void windowsBeginWithDaysOfTheZone() {
    // 00:30 on Monday 2 March in Berlin.
    Instant time = Instant.parse("2026-03-01T23:30:00Z");
    assertThat(window(CapWindow.DAY, "Europe/Berlin", time))
        .isEqualTo("2026-03-01T23:00:00Z to 2026-03-02T23:00:00Z");
    assertThat(window(CapWindow.WEEK, "Europe/Berlin", time))
        .isEqualTo("2026-03-01T23:00:00Z to 2026-03-08T23:00:00Z");
    assertThat(window(CapWindow.WEEK, "UTC", time))
        .isEqualTo("2026-02-23T00:00:00Z to 2026-03-02T00:00:00Z");
    assertThat(window(CapWindow.MONTH, "Europe/Berlin", time))
        .isEqualTo("2026-02-28T23:00:00Z to 2026-03-31T22:00:00Z");
    assertThat(window(CapWindow.YEAR, "UTC", time))
        .isEqualTo("2026-01-01T00:00:00Z to 2027-01-01T00:00:00Z");
    assertThat(window(CapWindow.TOTAL, "UTC", time)).isEqualTo("2026-01-01T00:00:00Z to ever");
  }

  /** New York goes forward on 8 March 2026 and back on 1 November: 23 and 25 hours. */
  @Test
  void aDayIsAsLongAsTheZonesDayIs() {
    assertThat(window(CapWindow.DAY, "America/New_York", Instant.parse("2026-03-08T12:00:00Z")))
        .isEqualTo("2026-03-08T05:00:00Z to 2026-03-09T04:00:00Z");
    assertThat(window(CapWindow.DAY, "America/New_York", Instant.parse("2026-11-01T12:00:00Z")))
        .isEqualTo("2026-11-01T04:00:00Z to 2026-11-02T05:00:00Z");
  }

  /** A third of a dollar a unit: 12 digits of the rate count, and nothing where it is one. */
  @Test
  void aRateIsKeptAsWhatAThousandUnitsAre() {
    assertThat(new CapRate("USD", 1_000_000_000_000L).of(123_456_789_012_345_678L))
        .isEqualTo(123_456_789_012_345_678L);
    assertThat(new CapRate("USD", 333_333_333_333L).of(3_000_000_000L)).isEqualTo(1_000_000_000L);
    assertThat(new CapRate("USD", 500_000_000_000L).of(-3)).isEqualTo(-2);
  }

  private static String window(CapWindow window, String zone, Instant time) {
    Cap cap =
        new Cap(
            "c",
            new Amount("USD", 1),
            window,
            ZoneId.of(zone),
            new CapConditions("", "", ""),
            false,
            false,
            SINCE);
    Optional<Instant> end = cap.end(time);
    return cap.start(time) + " to " + end.map(Instant::toString).orElse("ever");
  }

  private static List<String> ids(
      CapTable caps, Set<String> models, String tool, String project, String... named) {
    return caps.of(new CapScope(models, tool, project, Set.of(named))).stream()
        .map(Cap::id)
        .toList();
  }

  private static Cap cap(String id, String model, String tool, String project, boolean namedOnly) {
    return new Cap(
        id,
        new Amount("USD", 1),
        CapWindow.DAY,
        ZoneId.of("UTC"),
        new CapConditions(model, tool, project),
        namedOnly,
        false,
        SINCE);
  }
}
