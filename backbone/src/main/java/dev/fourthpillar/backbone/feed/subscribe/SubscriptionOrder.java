package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.feed.Cursor;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What a subscriber asks for.
 *
 * @param viewer who asks, and for which types
 * @param cursors partition → where to go on
 * @param beginnings partitions whose cursor stands before the first event, whatever the epoch
 * @param partitions only these; empty = all
 * @param start where partitions without a cursor begin
 * @param checkpointInterval after how long without anything to send a checkpoint is sent
 */
record SubscriptionOrder(
    Viewer viewer,
    Map<Integer, Cursor> cursors,
    Set<Integer> beginnings,
    Set<Integer> partitions,
    Start start,
    Duration checkpointInterval) {

  static final Duration DEFAULT_CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

  /** Where a partition without a cursor begins. */
  enum Start {
    OLDEST,
    HEAD
  }
}
