package dev.fourthpillar.usage.query;

import dev.fourthpillar.backbone.paging.PageRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question about sums.
 *
 * @param filter values that dimensions have to have
 * @param states empty: all that count
 * @param groupBy in the order of the answer
 * @param manager whose reports alone count; then no person is shown
 */
record UsageQuery(
    Map<Dimension, String> filter,
    List<String> states,
    Instant from,
    Instant until,
    List<Dimension> groupBy,
    Interval interval,
    ZoneId zone,
    Optional<String> manager,
    PageRequest page) {

  UsageQuery {
    filter = Map.copyOf(filter);
    states = List.copyOf(states);
    groupBy = List.copyOf(groupBy);
  }

  UsageQuery of(Optional<String> only) {
    return new UsageQuery(filter, states, from, until, groupBy, interval, zone, only, page);
  }

  /** What sums are told apart by, with its place in the table of sums. */
  enum Dimension {
    ENGINEER("r.subject"),
    TEAM("coalesce(p.team, '')"),
    PROVIDER("r.provider"),
    MODEL("r.model"),
    AGENT("r.agent"),
    PROJECT("r.project"),
    TOOL("r.tool"),
    METER("r.meter"),
    STATE("r.state");

    private final String column;

    Dimension(String column) {
      this.column = column;
    }

    String column() {
      return column;
    }
  }

  /** Spans of time. */
  enum Interval {
    NONE,
    HOUR,
    DAY,
    WEEK,
    MONTH
  }
}
