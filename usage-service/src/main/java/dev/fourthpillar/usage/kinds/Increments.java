package dev.fourthpillar.usage.kinds;

import dev.fourthpillar.usage.evidence.PointKind;
import dev.fourthpillar.usage.evidence.SeriesPoint;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What points of series add up to. By their own times and never by their arrival: the same points
 * are the same sum, in whatever order they came.
 */
public final class Increments {

  private Increments() {}

  /**
   * @param points of one window; of several values of one point the highest counts
   * @param before the value of each cumulative run's last point before these, where there is one
   */
  public static Map<PointKind, Long> sums(
      Collection<SeriesPoint> points, Map<SeriesPoint.Run, Long> before) {
    Map<SeriesPoint.Run, NavigableMap<Long, SeriesPoint>> runs = new HashMap<>();
    for (SeriesPoint point : points) {
      runs.computeIfAbsent(point.run(), _ -> new TreeMap<>())
          .merge(point.timeNanos(), point, Increments::higher);
    }
    Map<PointKind, Long> sums = new EnumMap<>(PointKind.class);
    runs.forEach(
        (run, ordered) -> {
          long last = before.getOrDefault(run, 0L);
          for (SeriesPoint point : ordered.values()) {
            sums.merge(point.kind(), increment(point, last), Math::addExact);
            last = point.value();
          }
        });
    return sums;
  }

  /** A counter that falls has begun again from 0. */
  private static long increment(SeriesPoint point, long last) {
    return point.cumulative() && point.value() >= last ? point.value() - last : point.value();
  }

  private static SeriesPoint higher(SeriesPoint left, SeriesPoint right) {
    return right.value() > left.value() ? right : left;
  }
}
