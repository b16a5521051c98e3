package dev.fourthpillar.usage.normalise;

import dev.fourthpillar.usage.telemetry.AttributePolicy;
import dev.fourthpillar.usage.telemetry.Telemetry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The organisation's own dimensions, from the resource and from records the tool copied them to.
 */
final class Tags {

  private Tags() {}

  /** What the work was for, if the organisation says it in one of the usual two ways. */
  static Optional<String> project(Telemetry record) {
    return record.textAnywhere("project").or(() -> record.textAnywhere("project.id"));
  }

  static Map<String, String> of(Telemetry record) {
    Map<String, String> tags = new HashMap<>();
    for (String key : record.resource().values().keySet()) {
      if (AttributePolicy.isTag(key)) {
        record.textAnywhere(key).ifPresent(value -> tags.put(key, value));
      }
    }
    return tags;
  }
}
