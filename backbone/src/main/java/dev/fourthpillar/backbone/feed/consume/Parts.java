package dev.fourthpillar.backbone.feed.consume;

import dev.fourthpillar.events.v1.Cursor;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.PartitionBatch;
import java.util.ArrayList;
import java.util.List;

/** A message of a subscription, cut into parts of so many events. */
final class Parts {
  private Parts() {}

  /** The parts in their order; each goes on where the one before ends. */
  static List<List<PartitionBatch>> of(List<PartitionBatch> batches, int atOnce) {
    List<List<PartitionBatch>> parts = new ArrayList<>();
    List<PartitionBatch> part = new ArrayList<>();
    int events = 0;
    for (PartitionBatch batch : batches) {
      PartitionBatch rest = batch;
      while (events + rest.getEventsCount() > atOnce) {
        int fits = atOnce - events;
        if (fits > 0) {
          part.add(first(rest, fits));
          rest = after(rest, fits);
        }
        parts.add(part);
        part = new ArrayList<>();
        events = 0;
      }
      part.add(rest);
      events += rest.getEventsCount();
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }

  /** Up to the last of these events; what is skipped before it is skipped with it. */
  private static PartitionBatch first(PartitionBatch batch, int events) {
    Event last = batch.getEvents(events - 1);
    return PartitionBatch.newBuilder()
        .setFromPosition(batch.getFromPosition())
        .setTo(
            Cursor.newBuilder()
                .setEpoch(batch.getTo().getEpoch())
                .setPartition(batch.getTo().getPartition())
                .setPosition(last.getPosition())
                .setEventId(last.getId()))
        .addAllEvents(batch.getEventsList().subList(0, events))
        .setSkipped(last.getPosition() - batch.getFromPosition() - events)
        .build();
  }

  private static PartitionBatch after(PartitionBatch batch, int events) {
    long from = batch.getEvents(events - 1).getPosition();
    int left = batch.getEventsCount() - events;
    return PartitionBatch.newBuilder()
        .setFromPosition(from)
        .setTo(batch.getTo())
        .addAllEvents(batch.getEventsList().subList(events, batch.getEventsCount()))
        .setSkipped(batch.getTo().getPosition() - from - left)
        .build();
  }
}
