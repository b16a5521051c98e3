package dev.fourthpillar.usage.telemetry;

import java.util.List;
import java.util.Map;

/**
 * What is left of an export behind the door.
 *
 * @param ignored how many records were turned away by their name, per reason; with {@code records}
 *     it is all of them
 */
public record TelemetryBatch(List<Telemetry> records, Map<IgnoreReason, Long> ignored) {

  public TelemetryBatch {
    records = List.copyOf(records);
    ignored = Map.copyOf(ignored);
  }
}
