package dev.fourthpillar.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Where something is killed, and for how long it is gone.
 *
 * @param step of the story that has just begun, from 0
 * @param delay since then
 * @param away before it is started again
 */
public record KillPoint(Victim victim, int step, Duration delay, Duration away) {
  private static final Duration LONGEST_AWAY = Duration.ofSeconds(2);

  /** About what a call of the story takes. */
  private static final Duration USUAL_STEP = Duration.ofMillis(100);

  /** Every service and PostgreSQL, each once, in steps of the usual length. */
  public static List<KillPoint> oneOfEach(long seed) {
    return draw(seed, List.of(Victim.values()), Collections.nCopies(DemoStory.STEPS, USUAL_STEP));
  }

  /**
   * A point for each victim, each in another step and anywhere within it. The same seed gives the
   * same victims, steps and parts of a step.
   *
   * @param steps their lengths, at least as many as victims
   */
  static List<KillPoint> draw(long seed, List<Victim> victims, List<Duration> steps) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Victim> order = new ArrayList<>(victims);
    Collections.shuffle(order, random);
    TreeSet<Integer> drawn = new TreeSet<>();
    while (drawn.size() < order.size()) {
      drawn.add(random.nextInt(steps.size()));
    }
    List<KillPoint> points = new ArrayList<>();
    for (int step : drawn) {
      points.add(
          new KillPoint(
              order.get(points.size()),
              step,
              part(random, steps.get(step)),
              part(random, LONGEST_AWAY)));
    }
    return points;
  }

  private static Duration part(SplittableRandom random, Duration of) {
    return Duration.ofNanos((long) (random.nextDouble() * of.toNanos()));
  }

  @Override
  public String toString() {
    return "%s, %d ms after the beginning of step %d, away for %d ms"
        .formatted(victim, delay.toMillis(), step, away.toMillis());
  }
}
