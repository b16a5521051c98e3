package dev.fourthpillar.usage.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.usage.evidence.Fingerprint;
import dev.fourthpillar.usage.evidence.PointKind;
import dev.fourthpillar.usage.evidence.SeriesPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What a series adds up to depends on its points' own times and on nothing else. */
class IncrementsTest {
  private static final Fingerprint SERIES = Fingerprint.of(List.of("series"));

  @Test
  void aCumulativeSeriesIsItsLastValue() {
    assertThat(sum(point(1, 10, 5), point(1, 20, 5), point(1, 30, 12))).isEqualTo(12);
  }

  @Test
  void aCounterThatFallsHasBegunAnew() {
    // 10, then 4 after a reset, then 3 more: 10 + 4 + 3.
    assertThat(sum(point(1, 10, 10), point(1, 20, 4), point(1, 30, 7))).isEqualTo(17);
  }

  @Test
  void everyStartIsARunOfItsOwn() {
    // The second process is started while the first still counts: (12) + (3).
    assertThat(sum(point(1, 10, 5), point(15, 20, 3), point(1, 30, 12))).isEqualTo(15);
  }

  @Test
  void whatWasCountedBeforeIsNotCountedAgain() {
    assertThat(
            Increments.sums(List.of(point(1, 40, 12)), Map.of(new SeriesPoint.Run(SERIES, 1), 10L)))
        .isEqualTo(Map.of(PointKind.INPUT, 2L));
  }

  @Test
  void ofTwoValuesOfOnePointTheHigherCountsInWhicheverOrder() {
    assertThat(sum(point(1, 10, 5), point(1, 10, 7))).isEqualTo(7);
    assertThat(sum(point(1, 10, 7), point(1, 10, 5))).isEqualTo(7);
  }

  @Test
  void deltasAddUp() {
    assertThat(sum(delta(1, 10, 5), delta(10, 20, 5), delta(20, 30, 2))).isEqualTo(12);
  }

  @Property
  void anyOrderAndAnyRepetitionIsTheSameSum(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 20) Integer> values,
      @ForAll Random random) {
    List<SeriesPoint> points = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      points.add(point(1 + i / 7, 10L * i + 100, values.get(i)));
    }
    List<SeriesPoint> sent = new ArrayList<>(points);
    sent.addAll(points.subList(0, points.size() / 2));
    Collections.shuffle(sent, random);

    assertThat(Increments.sums(sent, Map.of())).isEqualTo(Increments.sums(points, Map.of()));
  }

  /** Cut anywhere into windows, the windows add up to the whole. */
  @Property
  void windowsAddUpToTheWhole(
      @ForAll @Size(min = 2, max = 30) List<@IntRange(max = 20) Integer> values,
      @ForAll @IntRange(max = 29) int cut) {
    List<SeriesPoint> points = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      points.add(point(1, 10L * i + 100, values.get(i)));
    }
    int at = Math.min(cut, points.size());
    Map<SeriesPoint.Run, Long> before =
        points.subList(0, at).stream()
            .collect(Collectors.toMap(SeriesPoint::run, SeriesPoint::value, (_, later) -> later));

    assertThat(
            total(Increments.sums(points.subList(0, at), Map.of()))
                + total(Increments.sums(points.subList(at, points.size()), before)))
        .isEqualTo(total(Increments.sums(points, Map.of())));
  }

  private static long sum(SeriesPoint... points) {
    return total(Increments.sums(List.of(points), Map.of()));
  }

  private static long total(Map<PointKind, Long> sums) {
    return sums.getOrDefault(PointKind.INPUT, 0L);
  }

  private static SeriesPoint point(long start, long time, long value) {
    return new SeriesPoint(SERIES, start, time, true, PointKind.INPUT, value);
  }

  private static SeriesPoint delta(long start, long time, long value) {
    return new SeriesPoint(SERIES, start, time, false, PointKind.INPUT, value);
  }
}
