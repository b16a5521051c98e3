package dev.fourthpillar.usage.receive;

import dev.fourthpillar.usage.normalise.RejectReason;
import java.util.Map;

/**
 * What came of an export; all of it is durable.
 *
 * @param rejected records that can never count, by reason; they are kept
 */
public record Received(Map<RejectReason, Long> rejected) {
  public Received {
    rejected = Map.copyOf(rejected);
  }

  public long rejectedRecords() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }
}
