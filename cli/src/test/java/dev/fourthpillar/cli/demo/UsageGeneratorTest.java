package dev.fourthpillar.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Usage objects out of a seed. */
final class UsageGeneratorTest {
  private static final Calendar CALENDAR = new Calendar(Instant.parse("2026-11-21T12:00:00Z"));

  @Test
  void theSameSeedAndTimeTellTheSame() {
    assertThat(reports(7)).isEqualTo(reports(7));
  }

  @Test
  void anotherSeedTellsOtherPortionsOfTheSameTotals() {
    assertThat(reports(8)).isNotEqualTo(reports(7));
    assertThat(tokens(reports(8))).isEqualTo(tokens(reports(7)));
  }

  @Test
  void totalsAreTheStorys() {
    assertThat(tokens(reports(1)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "grace claude-opus-5", millions(400, 1_000, 100),
                "sven claude-fable-5", millions(2_000, 20_000, 600),
                "lena claude-opus-5", millions(400, 1_500, 100),
                // Ten nights of 20, 200 and 4; and of 175, 1,750 and 70 by three sub-agents.
                "noor claude-opus-5", millions(200, 2_000, 40),
                "noor claude-haiku-4-5", millions(1_750, 17_500, 700)));
  }

  @Test
  void everythingLiesInTheStorysTimeAndHasAnIdOfItsOwn() {
    List<Report> reports = reports(3);

    assertThat(reports)
        .allMatch(report -> !report.time().isBefore(CALENDAR.start()))
        .allMatch(report -> report.time().isBefore(CALENDAR.asOf()));
    assertThat(reports).extracting(Report::id).doesNotHaveDuplicates();
    assertThat(reports).isSortedAccordingTo((a, b) -> a.time().compareTo(b.time()));
  }

  @Test
  void aSubAgentNamesTheRunThatStartedIt() {
    assertThat(reports(1))
        .filteredOn(report -> report.agent().equals("coder"))
        .isNotEmpty()
        .allMatch(report -> report.worksForRun().equals(report.session() + "/lead"));
  }

  @Test
  void aStoryAtAnotherTimeIsOtherUsage() {
    Instant later = CALENDAR.asOf().plusSeconds(1);
    List<String> ids =
        new UsageGenerator(1, later)
            .reports(Workload.of(new Calendar(later))).stream().map(Report::id).toList();

    assertThat(ids).doesNotContainAnyElementsOf(reports(1).stream().map(Report::id).toList());
  }

  private static List<Report> reports(long seed) {
    return new UsageGenerator(seed, CALENDAR.asOf()).reports(Workload.of(CALENDAR));
  }

  private static Map<String, List<Long>> tokens(List<Report> reports) {
    return reports.stream()
        .collect(
            Collectors.toMap(
                report -> report.engineer() + " " + report.consumption().model(),
                report ->
                    List.of(
                        report.consumption().input(),
                        report.consumption().cacheRead(),
                        report.consumption().output()),
                (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1), a.get(2) + b.get(2)),
                TreeMap::new));
  }

  private static List<Long> millions(long input, long cacheRead, long output) {
    return List.of(input * 1_000_000, cacheRead * 1_000_000, output * 1_000_000);
  }
}
