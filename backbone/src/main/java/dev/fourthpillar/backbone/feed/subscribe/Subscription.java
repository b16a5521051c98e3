package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.feed.Cursor;
import dev.fourthpillar.backbone.feed.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

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

  private final CatchUp catchUp;
  private final FeedTail tail;
  private final Viewer viewer;

  /** The history this subscription was opened on; another one breaks it. */
  private final FeedTail.State.History history;

  private final TreeMap<Integer, Cursor> looked = new TreeMap<>();
  private final TreeMap<Integer, Cursor> told = new TreeMap<>();

  /** Where the next step begins, so that a busy partition does not starve the others. */
  private int nextPartition;

  Subscription(
      CatchUp catchUp,
      FeedTail tail,
      Viewer viewer,
      FeedTail.State.History history,
      List<Cursor> from) {
    this.catchUp = catchUp;
    this.tail = tail;
    this.viewer = viewer;
    this.history = history;
    from.forEach(cursor -> looked.put(cursor.partition(), cursor));
    told.putAll(looked);
  }

  /** The places its reader knows of: where to go on after a break. */
  List<Cursor> cursors() {
    return List.copyOf(told.values());
  }

  /** Looks for more. */
  Found next() {
    FeedTail.State state = tail.state();
    if (!state.history().equals(history)) {
      return new Found.Broken(otherHistory(state.history()));
    }
    SequencedMap<Integer, List<StoredEvent>> found = read(state);
    Optional<Cursor> hole = hole(found);
    if (hole.isPresent()) {
      return new Found.Broken(expired(hole.get()));
    }
    found.values().removeIf(List::isEmpty);
    return found.isEmpty() ? new Found.AtHead(state.completeUntil()) : show(found);
  }

  private Found show(Map<Integer, List<StoredEvent>> found) {
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
        looked.put(
            event.partition(),
            Cursor.at(history.epoch(), event.partition(), event.position(), event.id()));
      }
      if (!seen.isEmpty()) {
        batches.add(tell(seen.getFirst().partition(), seen));
      }
    }
    return batches.isEmpty()
        ? new Found.Passed()
        : new Found.Send(new Delivery(List.copyOf(batches), Optional.empty()));
  }

  /** Tells of everything that was passed in silence; nothing when nothing was. */
  Delivery passed() {
    return new Delivery(
        looked.values().stream()
            .filter(c -> c.position() > told.get(c.partition()).position())
            .map(c -> tell(c.partition(), List.of()))
            .toList(),
        Optional.empty());
  }

  /** The same with where it stands. Correct only directly after the step that was at the head. */
  Delivery checkpoint(Found.AtHead head) {
    List<Delivery.Batch> passed = passed().batches();
    return new Delivery(
        passed, Optional.of(new Delivery.Checkpoint(cursors(), head.completeUntil())));
  }

  private Delivery.Batch tell(int partition, List<StoredEvent> seen) {
    Cursor to = looked.get(partition);
    Cursor from = told.put(partition, to);
    return Delivery.Batch.covering(from, to, List.copyOf(seen));
  }

  /**
   * What follows in each partition that has more, in rotating order. An empty list says that there
   * should be more and is not.
   */
  private SequencedMap<Integer, List<StoredEvent>> read(FeedTail.State state) {
    SequencedMap<Integer, List<StoredEvent>> found = new LinkedHashMap<>();
    Map<Integer, Long> fromDatabase = new HashMap<>();
    for (Cursor cursor : rotated()) {
      TailBuffer buffer = state.buffers().get(cursor.partition());
      Optional<List<StoredEvent>> buffered = buffer.after(cursor.position(), MAX_PER_PARTITION);
      if (buffered.isPresent()) {
        if (!buffered.get().isEmpty()) {
          found.put(cursor.partition(), buffered.get());
        }
      } else if (fromDatabase.size() < READ_PARTITIONS) {
        fromDatabase.put(cursor.partition(), cursor.position());
        found.put(cursor.partition(), List.of());
      }
    }
    if (!fromDatabase.isEmpty()) {
      int each = Math.max(1, MAX_PER_PARTITION / fromDatabase.size());
      catchUp.read(fromDatabase, each).stream()
          .collect(Collectors.groupingBy(StoredEvent::partition))
          .forEach(found::put);
    }
    return found;
  }

  /**
   * The cursor behind which something is missing: retention has dropped it while this subscription
   * was on its way there. It must not be taken for events that its reader does not see.
   */
  private Optional<Cursor> hole(Map<Integer, List<StoredEvent>> found) {
    return found.entrySet().stream()
        .filter(
            entry ->
                entry.getValue().isEmpty()
                    || entry.getValue().getFirst().position()
                        != looked.get(entry.getKey()).position() + 1)
        .map(entry -> looked.get(entry.getKey()))
        .findFirst();
  }

  private Failure otherHistory(FeedTail.State.History now) {
    if (now.epoch().equals(history.epoch())) {
      return Failure.of(
              Reason.STORAGE_UNAVAILABLE,
              "the feed is being followed anew; subscribe again with the last cursor")
          .withRetryAfter(FeedTail.BACKOFF);
    }
    return Failure.of(
            Reason.CURSOR_DIVERGED, "the feed has begun a new epoch; its history was restored")
        .with("cursor_epoch", history.epoch().toString())
        .with("feed_epoch", now.epoch().toString());
  }

  private static Failure expired(Cursor cursor) {
    return Failure.of(
            Reason.CURSOR_EXPIRED,
            "partition %d: what follows position %d was dropped before it was read"
                .formatted(cursor.partition(), cursor.position()))
        .with("partition", Integer.toString(cursor.partition()))
        .with("position", Long.toString(cursor.position()));
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
