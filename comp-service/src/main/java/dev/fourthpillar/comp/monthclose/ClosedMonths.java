package dev.fourthpillar.comp.monthclose;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** Which months are over, where a person is. */
final class ClosedMonths {

  /**
   * Further back nothing changes any more: usage comes at most 35 days late, and a contract year is
   * decided by the month after it at the latest.
   */
  static final int MOST = 14;

  private ClosedMonths() {}

  /** The last month that ended at least {@code delay} ago. */
  static YearMonth last(Instant now, Duration delay, ZoneId zone) {
    return YearMonth.from(now.minus(delay).atZone(zone)).minusMonths(1);
  }

  /** The closed months since the first usage, at most {@link #MOST}, by time. */
  static List<YearMonth> since(Instant firstUsage, YearMonth last, ZoneId zone) {
    var first = YearMonth.from(firstUsage.atZone(zone));
    var earliest = last.minusMonths(MOST - 1L);
    return Stream.iterate(
            first.isBefore(earliest) ? earliest : first,
            month -> !month.isAfter(last),
            month -> month.plusMonths(1))
        .toList();
  }
}
