package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.feed.Cursor;
import dev.fourthpillar.backbone.feed.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a subscription sends at once. */
record Delivery(List<Batch> batches, Optional<Checkpoint> checkpoint) {

  /** What one partition holds in (fromPosition, to]; {@code skipped} events of it are not shown. */
  record Batch(long fromPosition, Cursor to, List<StoredEvent> events, long skipped) {
    Batch {
      if (events.size() + skipped != to.position() - fromPosition || skipped < 0) {
        throw new IllegalStateException(
            "partition %d: %d events and %d skipped do not cover (%d, %d]"
                .formatted(to.partition(), events.size(), skipped, fromPosition, to.position()));
      }
    }

    /** The batch for what was seen between two places of a partition. */
    static Batch covering(Cursor from, Cursor to, List<StoredEvent> seen) {
      return new Batch(from.position(), to, seen, to.position() - from.position() - seen.size());
    }
  }

  /** Where the subscription stands, and until when it has missed nothing. */
  record Checkpoint(List<Cursor> cursors, Instant completeUntil) {}
}
