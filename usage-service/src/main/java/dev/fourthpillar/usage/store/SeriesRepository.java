package dev.fourthpillar.usage.store;

import dev.fourthpillar.usage.evidence.Fingerprint;
import dev.fourthpillar.usage.evidence.GroupKey;
import dev.fourthpillar.usage.evidence.SeriesPoint;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;

/**
 * Points of cumulative series: what is added by one depends on the one before it by time, which may
 * lie in another window.
 */
@Singleton
public final class SeriesRepository {
  /** Advisory locks of this class number are of groups of series. */
  private static final int LOCK_CLASS = 5122;

  /** Groups share them; an installation has more groups than the server has room for locks. */
  private static final int LOCKS = 64;

  /**
   * Makes senders of the same groups wait for each other until the end of the transaction: neither
   * of two points that are written at the same time would know that the other is the one before it.
   */
  public void lock(Handle handle, Collection<GroupKey> groups) {
    SortedSet<Integer> locks = new TreeSet<>();
    groups.forEach(
        group ->
            locks.add(
                Math.floorMod(Fingerprint.of(List.of(group.tool(), group.value())).low(), LOCKS)));
    handle
        .createQuery(
            """
            select pg_advisory_xact_lock(:class, lock) from unnest(:locks) with ordinality l (lock, n)
            order by n
            """)
        .bind("class", LOCK_CLASS)
        .bindArray("locks", Integer.class, locks)
        .mapTo(String.class)
        .list();
  }

  /** The units of the points that come next after these. */
  public SortedSet<Long> unitsAfter(Handle handle, Collection<SeriesPoint> points) {
    List<SeriesPoint> asked = List.copyOf(points);
    return new TreeSet<>(
        handle
            .createQuery(
                """
                select distinct next.unit_id
                from unnest(:highs, :lows, :starts, :times) p (high, low, start, time)
                cross join lateral (
                  select e.unit_id from evidence e
                  where e.series_high = p.high and e.series_low = p.low
                    and e.point_start = p.start and e.point_time > p.time
                  order by e.point_time limit 1) next
                """)
            .bindArray("highs", Long.class, each(asked, point -> point.series().high()))
            .bindArray("lows", Long.class, each(asked, point -> point.series().low()))
            .bindArray("starts", Long.class, each(asked, SeriesPoint::startNanos))
            .bindArray("times", Long.class, each(asked, SeriesPoint::timeNanos))
            .mapTo(Long.class)
            .list());
  }

  /**
   * The value of the last point before each of these; none where it is the first of its run.
   *
   * @param points each once
   */
  Map<SeriesPoint, Long> before(Handle handle, List<SeriesPoint> points) {
    Map<SeriesPoint, Long> before = new HashMap<>();
    handle
        .createQuery(
            """
            select p.n, last.point_value
            from unnest(:highs, :lows, :starts, :times) with ordinality p (high, low, start, time, n)
            cross join lateral (
              select e.point_value from evidence e
              where e.series_high = p.high and e.series_low = p.low
                and e.point_start = p.start and e.point_time < p.time
              order by e.point_time desc, e.point_value desc limit 1) last
            """)
        .bindArray("highs", Long.class, each(points, point -> point.series().high()))
        .bindArray("lows", Long.class, each(points, point -> point.series().low()))
        .bindArray("starts", Long.class, each(points, SeriesPoint::startNanos))
        .bindArray("times", Long.class, each(points, SeriesPoint::timeNanos))
        .map((row, _) -> Map.entry(row.getInt("n"), row.getLong("point_value")))
        .forEach(entry -> before.put(points.get(entry.getKey() - 1), entry.getValue()));
    return before;
  }

  private static List<Long> each(List<SeriesPoint> points, ToLongFunction<SeriesPoint> column) {
    return points.stream().map(column::applyAsLong).toList();
  }
}
