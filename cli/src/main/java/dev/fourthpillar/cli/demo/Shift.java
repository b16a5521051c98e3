package dev.fourthpillar.cli.demo;

import java.time.Instant;

/**
 * A span of work with one model: so much is consumed in so many reports.
 *
 * @param engineer whose
 * @param session its name
 * @param reports how many usage objects tell of it, 1 or more
 */
record Shift(
    String engineer,
    String tool,
    String project,
    String session,
    Worker worker,
    Consumption consumption,
    Instant from,
    Instant until,
    int reports) {
  Shift {
    if (reports < 1 || !from.isBefore(until)) {
      throw new IllegalArgumentException(
          "shift of %s: %d reports from %s to %s".formatted(session, reports, from, until));
    }
  }
}
