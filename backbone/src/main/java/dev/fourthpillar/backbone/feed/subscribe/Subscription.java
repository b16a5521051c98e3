package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.feed.Cursor;
import dev.fourthpillar.backbone.feed.FeedLog;
import dev.fourthpillar.backbone.feed.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * One reader's way through the feed. It asks for the next delivery when it can take one, so that
 * nothing is ever queued for it; what it reads comes from the shared tail when it keeps up and from
 * the database when it does not.
 */
final class Subscription {
  /** Events in one delivery. */
  static final int MAX_EVENTS = 1_000;

  /** Payload and strings in one delivery: well below the 4 MiB that a client accepts. */
  static final int MAX_BYTES = 2 * 1024 * 1024;

  /** Events of one partition that a delivery looks at, seen or skipped. */
  private static final int MAX_PER_PARTITION = 1_000;

  /** Partitions that one catching-up read of the database covers. */
  private static final int READ_PARTITIONS = 16;

  private final Jdbi pool;
  private final FeedTail tail;
  private final Viewer viewer;
  private final UUID epoch;
  private final TreeMap<Integer, Cursor> cursors = new TreeMap<>();

  /** Where the next delivery begins, so that a busy partition does not starve the others. */
  private int nextPartition;

  Subscription(Jdbi pool, FeedTail tail, Viewer viewer, UUID epoch, List<Cursor> from) {
    this.pool = pool;
    this.tail = tail;
    this.viewer = viewer;
    this.epoch = epoch;
    from.forEach(cursor -> cursors.put(cursor.partition(), cursor));
  }

  /** The feed was restored or promoted while this subscription ran. */
  boolean diverged() {
    return !tail.state().epoch().equals(epoch);
  }

  List<Cursor> cursors() {
    return List.copyOf(cursors.values());
  }

  /**
   * Everything sequenced until the returned time was delivered, provided that nothing is pending.
   */
  Delivery.Checkpoint checkpoint(Instant completeUntil) {
    return new Delivery.Checkpoint(cursors(), completeUntil);
  }

  /** What comes next; empty when this subscription is at the head. */
  Optional<Delivery> next() {
    Map<Integer, List<StoredEvent>> found = read();
    List<Delivery.Batch> batches = new ArrayList<>();
    int events = 0;
    int bytes = 0;
    for (Map.Entry<Integer, List<StoredEvent>> entry : found.entrySet()) {
      Cursor from = cursors.get(entry.getKey());
      List<StoredEvent> seen = new ArrayList<>();
      StoredEvent last = null;
      for (StoredEvent event : entry.getValue()) {
        if (viewer.sees(event)) {
          boolean full = events == MAX_EVENTS || bytes + event.weightBytes() > MAX_BYTES;
          // One event always fits: it is limited to an eighth of a delivery.
          if (full && events > 0) {
            break;
          }
          seen.add(event);
          events++;
          bytes += event.weightBytes();
        }
        last = event;
      }
      if (last != null) {
        Cursor to = Cursor.at(epoch, last.partition(), last.position(), last.id());
        long covered = to.position() - from.position();
        batches.add(new Delivery.Batch(from.position(), to, seen, covered - seen.size()));
        cursors.put(to.partition(), to);
      }
    }
    return batches.isEmpty()
        ? Optional.empty()
        : Optional.of(new Delivery(List.copyOf(batches), Optional.empty()));
  }

  /** The next events per partition, in rotating order of partitions. */
  private Map<Integer, List<StoredEvent>> read() {
    Map<Integer, List<StoredEvent>> found = new LinkedHashMap<>();
    Map<Integer, Long> fromDatabase = new HashMap<>();
    FeedTail.State state = tail.state();
    for (Cursor cursor : rotated()) {
      TailBuffer buffer = state.buffers().get(cursor.partition());
      Optional<List<StoredEvent>> buffered = buffer.after(cursor.position(), MAX_PER_PARTITION);
      if (buffered.isPresent()) {
        if (!buffered.get().isEmpty()) {
          found.put(cursor.partition(), buffered.get());
        }
      } else if (fromDatabase.size() < READ_PARTITIONS) {
        fromDatabase.put(cursor.partition(), cursor.position());
      }
    }
    if (!fromDatabase.isEmpty()) {
      int each = Math.max(1, MAX_PER_PARTITION / fromDatabase.size());
      pool.withHandle(h -> FeedLog.read(h, fromDatabase, each, Instant.EPOCH)).stream()
          .collect(Collectors.groupingBy(StoredEvent::partition))
          .forEach(found::put);
    }
    return found;
  }

  private List<Cursor> rotated() {
    List<Cursor> order = new ArrayList<>(cursors.tailMap(nextPartition, true).values());
    order.addAll(cursors.headMap(nextPartition, false).values());
    if (!order.isEmpty()) {
      nextPartition = order.getFirst().partition() + 1;
    }
    return order;
  }
}
