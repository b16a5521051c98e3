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
 * One reader's way through the feed. It looks for more only when its reader can take some, so that
 * nothing is ever queued for it; what it finds comes from the shared tail when it keeps up and from
 * the database when it does not.
 *
 * <p>It stands at two places in each partition: the last event it has looked at, and the last one
 * it has told its reader about. They differ where it passed events that its reader does not see;
 * those are told with the next event, or with a checkpoint.
 */
final class Subscription {
  /** Events in one delivery. */
  static final int MAX_EVENTS = 1_000;

  /** Payload and strings in one delivery: well below the 4 MiB that a client accepts. */
  static final int MAX_BYTES = 2 * 1024 * 1024;

  /** Events of one partition that one step looks at. */
  private static final int MAX_PER_PARTITION = 1_000;

  /** Partitions that one catching-up read of the database covers. */
  private static final int READ_PARTITIONS = 16;

  private final Jdbi pool;
  private final FeedTail tail;
  private final Viewer viewer;
  private final UUID epoch;
  private final TreeMap<Integer, Cursor> looked = new TreeMap<>();
  private final TreeMap<Integer, Cursor> told = new TreeMap<>();

  /** Where the next step begins, so that a busy partition does not starve the others. */
  private int nextPartition;

  Subscription(Jdbi pool, FeedTail tail, Viewer viewer, UUID epoch, List<Cursor> from) {
    this.pool = pool;
    this.tail = tail;
    this.viewer = viewer;
    this.epoch = epoch;
    from.forEach(cursor -> looked.put(cursor.partition(), cursor));
    told.putAll(looked);
  }

  /** Whether the feed was restored or promoted while this subscription ran. */
  boolean diverged() {
    return !tail.state().epoch().equals(epoch);
  }

  /** The places its reader knows of: where to go on after a break. */
  List<Cursor> cursors() {
    return List.copyOf(told.values());
  }

  /** Looks for more. */
  Step next() {
    Map<Integer, List<StoredEvent>> found = read();
    if (found.isEmpty()) {
      return new Step.AtHead();
    }
    List<Delivery.Batch> batches = new ArrayList<>();
    int events = 0;
    int bytes = 0;
    for (List<StoredEvent> behind : found.values()) {
      List<StoredEvent> seen = new ArrayList<>();
      for (StoredEvent event : behind) {
        if (viewer.sees(event)) {
          // The first event always fits: a payload is at most an eighth of a delivery.
          if (events == MAX_EVENTS || (events > 0 && bytes + event.weightBytes() > MAX_BYTES)) {
            break;
          }
          seen.add(event);
          events++;
          bytes += event.weightBytes();
        }
        Cursor here = Cursor.at(epoch, event.partition(), event.position(), event.id());
        looked.put(event.partition(), here);
      }
      if (!seen.isEmpty()) {
        batches.add(tell(seen.getFirst().partition(), seen));
      }
    }
    return batches.isEmpty()
        ? new Step.Passed()
        : new Step.Send(new Delivery(List.copyOf(batches), Optional.empty()));
  }

  /**
   * Tells of everything that was passed in silence. Correct only directly after {@link
   * Step.AtHead}, with the time the tail stood at before that step.
   */
  Delivery checkpoint(Instant completeUntil) {
    List<Delivery.Batch> passed =
        looked.values().stream()
            .filter(c -> c.position() > told.get(c.partition()).position())
            .map(c -> tell(c.partition(), List.of()))
            .toList();
    return new Delivery(passed, Optional.of(new Delivery.Checkpoint(cursors(), completeUntil)));
  }

  private Delivery.Batch tell(int partition, List<StoredEvent> seen) {
    Cursor to = looked.get(partition);
    Cursor from = told.put(partition, to);
    return Delivery.Batch.covering(from, to, List.copyOf(seen));
  }

  /** The next events per partition, in rotating order of partitions. */
  private Map<Integer, List<StoredEvent>> read() {
    Map<Integer, List<StoredEvent>> found = new LinkedHashMap<>();
    Map<Integer, Long> fromDatabase = new HashMap<>();
    FeedTail.State state = tail.state();
    for (Cursor cursor : rotated()) {
      TailBuffer buffer = state.buffers().get(cursor.partition());
      Optional<List<StoredEvent>> buffered = buffer.after(cursor.position(), MAX_PER_PARTITION);
      if (buffered.isEmpty() && fromDatabase.size() < READ_PARTITIONS) {
        fromDatabase.put(cursor.partition(), cursor.position());
      }
      buffered
          .filter(events -> !events.isEmpty())
          .ifPresent(events -> found.put(cursor.partition(), events));
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
    List<Cursor> order = new ArrayList<>(looked.tailMap(nextPartition, true).values());
    order.addAll(looked.headMap(nextPartition, false).values());
    if (!order.isEmpty()) {
      nextPartition = order.getFirst().partition() + 1;
    }
    return order;
  }
}
