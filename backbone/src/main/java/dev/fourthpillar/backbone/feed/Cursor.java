package dev.fourthpillar.backbone.feed;

import java.util.Optional;
import java.util.UUID;

/**
 * A place in a feed: the last event of a partition that was applied or skipped.
 *
 * @param epoch the history it belongs to
 * @param partition from 0
 * @param position 0 = before the first event
 * @param eventId the event at that position; absent only at position 0
 */
public record Cursor(UUID epoch, int partition, long position, Optional<UUID> eventId) {
  public Cursor {
    if (partition < 0 || partition >= FeedLimits.MAX_PARTITIONS) {
      throw new IllegalArgumentException(
          "partition: %d (expected: 0 to %d)".formatted(partition, FeedLimits.MAX_PARTITIONS - 1));
    }
    if (position < 0) {
      throw new IllegalArgumentException("position: %d (expected: >= 0)".formatted(position));
    }
    if (eventId.isPresent() != (position > 0)) {
      throw new IllegalArgumentException(
          "event id: %s at position %d (expected: one exactly when the position is above 0)"
              .formatted(eventId.map(UUID::toString).orElse("none"), position));
    }
  }

  /** Before the first event of a partition. */
  public static Cursor start(UUID epoch, int partition) {
    return new Cursor(epoch, partition, 0, Optional.empty());
  }

  public static Cursor at(UUID epoch, int partition, long position, UUID eventId) {
    return new Cursor(epoch, partition, position, Optional.of(eventId));
  }
}
