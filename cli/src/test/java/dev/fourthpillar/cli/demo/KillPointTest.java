package dev.fourthpillar.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class KillPointTest {
  private static final int STEPS = 40;
  private static final List<Victim> EACH = List.of(Victim.values());

  /** Each has a length of its own. */
  private static final List<Duration> LENGTHS =
      IntStream.rangeClosed(1, STEPS).mapToObj(i -> Duration.ofMillis(10L * i)).toList();

  @Test
  void eachVictimHasAStepOfItsOwnAndFallsWithinIt() {
    for (long seed = 0; seed < 100; seed++) {
      List<KillPoint> points = KillPoint.draw(seed, EACH, LENGTHS);

      assertThat(points).extracting(KillPoint::victim).containsExactlyInAnyOrder(Victim.values());
      assertThat(points).extracting(KillPoint::step).doesNotHaveDuplicates().isSorted();
      assertThat(points)
          .allSatisfy(
              point ->
                  assertThat(point.delay())
                      .isGreaterThanOrEqualTo(Duration.ZERO)
                      .isLessThan(LENGTHS.get(point.step())));
    }
  }

  @Test
  void theSeedSaysWhereAndNothingElse() {
    assertThat(KillPoint.draw(7, EACH, LENGTHS)).isEqualTo(KillPoint.draw(7, EACH, LENGTHS));

    // On a machine of half the speed: the same victims and steps, at the same part of each.
    List<Duration> slower = LENGTHS.stream().map(length -> length.multipliedBy(2)).toList();
    assertThat(KillPoint.draw(7, EACH, slower))
        .extracting(KillPoint::victim, KillPoint::step)
        .isEqualTo(
            KillPoint.draw(7, EACH, LENGTHS).stream()
                .map(point -> tuple(point.victim(), point.step()))
                .toList());
  }

  @Test
  void seedsReachAllOfTheStory() {
    assertThat(
            LongStream.range(0, 200)
                .boxed()
                .flatMap(seed -> KillPoint.draw(seed, EACH, LENGTHS).stream())
                .map(KillPoint::step))
        .contains(IntStream.range(0, STEPS).boxed().toArray(Integer[]::new));
  }
}
