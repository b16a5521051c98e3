package dev.fourthpillar.usage.evidence;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * A point of a time series.
 *
 * @param series what tells it from every other series
 * @param startNanos since 1970, of the interval or of the series; 0 = unknown
 * @param timeNanos since 1970
 * @param cumulative whether the value counts everything since the start; else since the interval's
 * @param value tokens, from 0
 */
public record SeriesPoint(
    Fingerprint series,
    long startNanos,
    long timeNanos,
    boolean cumulative,
    PointKind kind,
    long value) {

  /** What is charged at once, of one group and model. */
  public static final Duration WINDOW = Duration.ofHours(1);

  public SeriesPoint {
    requireNonNull(series);
    requireNonNull(kind);
    if (value < 0) {
      throw new IllegalArgumentException("value: " + value + " (expected: >= 0)");
    }
  }

  /** One life of a series: after a restart it counts from 0 again, and says so by its start. */
  public record Run(Fingerprint series, long startNanos) {}

  public Run run() {
    return new Run(series, startNanos);
  }

  /** When the window begins that the point lies in. */
  public Instant windowStart() {
    return windowStart(Instant.ofEpochSecond(0, timeNanos));
  }

  /** When the window begins that a time lies in. */
  public static Instant windowStart(Instant time) {
    long seconds = WINDOW.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
  }
}
