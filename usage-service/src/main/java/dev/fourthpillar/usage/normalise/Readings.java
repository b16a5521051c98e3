package dev.fourthpillar.usage.normalise;

import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.telemetry.IgnoreReason;
import java.util.List;
import java.util.Map;

/** All readings of an export. */
public record Readings(
    List<Evidence> counted,
    List<Evidence> lower,
    List<Reading.Rejected> rejected,
    Map<IgnoreReason, Long> ignored) {

  public Readings {
    counted = List.copyOf(counted);
    lower = List.copyOf(lower);
    rejected = List.copyOf(rejected);
    ignored = Map.copyOf(ignored);
  }

  /** As many as the export had log records, data points and spans. */
  public long total() {
    return counted.size()
        + lower.size()
        + rejected.size()
        + ignored.values().stream().mapToLong(Long::longValue).sum();
  }
}
