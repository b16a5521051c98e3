package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.feed.FeedLog;
import dev.fourthpillar.backbone.feed.StoredEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The newest events of one partition, so that many subscribers share one read. Bounded in bytes;
 * whoever is further behind reads the database.
 */
final class TailBuffer {
  private final int maxBytes;
  private final ArrayDeque<StoredEvent> events = new ArrayDeque<>();
  private int bytes;
  private long last;
  private Optional<UUID> lastId;

  /** An empty buffer behind this event. */
  TailBuffer(int maxBytes, long last, Optional<UUID> lastId) {
    this.maxBytes = maxBytes;
    this.last = last;
    this.lastId = lastId;
  }

  /** Whether a partition that stands at this head has what was read so far as its history. */
  synchronized boolean continuesTo(FeedLog.Head head) {
    return head.floorPosition() <= last
        && (head.position() > last || (head.position() == last && head.eventId().equals(lastId)));
  }

  /** The position up to which the partition was read, whether its events are still here or not. */
  synchronized long last() {
    return last;
  }

  /** Adds the events that follow. */
  synchronized void append(List<StoredEvent> next) {
    for (StoredEvent event : next) {
      if (event.position() != last + 1) {
        throw new IllegalStateException(
            "partition %d: position %d follows %d"
                .formatted(event.partition(), event.position(), last));
      }
      events.addLast(event);
      bytes += event.weightBytes();
      last = event.position();
      lastId = Optional.of(event.id());
    }
    while (bytes > maxBytes && !events.isEmpty()) {
      bytes -= events.removeFirst().weightBytes();
    }
  }

  /**
   * Up to {@code max} events behind a position; empty when some of them are no longer here and the
   * database has to be asked.
   */
  synchronized Optional<List<StoredEvent>> after(long position, int max) {
    if (position >= last) {
      return Optional.of(List.of());
    }
    if (events.isEmpty() || events.getFirst().position() > position + 1) {
      return Optional.empty();
    }
    List<StoredEvent> found = new ArrayList<>();
    // From the end: a subscriber that keeps up is a few events behind thousands.
    Iterator<StoredEvent> newestFirst = events.descendingIterator();
    while (newestFirst.hasNext()) {
      StoredEvent event = newestFirst.next();
      if (event.position() <= position) {
        break;
      }
      found.add(event);
    }
    List<StoredEvent> inOrder = found.reversed();
    return Optional.of(List.copyOf(inOrder.subList(0, Math.min(max, inOrder.size()))));
  }
}
