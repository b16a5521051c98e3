package dev.fourthpillar.backbone.feed.subscribe;

import com.google.protobuf.Any;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.access.RoleMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.backbone.feed.Audience;
import dev.fourthpillar.backbone.feed.Cursor;
import dev.fourthpillar.backbone.feed.FeedLog;
import dev.fourthpillar.backbone.feed.StoredEvent;
import dev.fourthpillar.events.v1.Checkpoint;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.GetPartitionsResponse;
import dev.fourthpillar.events.v1.Partition;
import dev.fourthpillar.events.v1.PartitionBatch;
import dev.fourthpillar.events.v1.SubscribeRequest;
import dev.fourthpillar.events.v1.SubscribeResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Subscriptions between the contract and the domain. */
final class SubscriptionMapper {
  private static final String TYPE_URL_PREFIX = "type.googleapis.com/";

  private SubscriptionMapper() {}

  static SubscriptionOrder fromProto(SubscribeRequest request, Caller caller) {
    Map<Integer, Cursor> cursors = new HashMap<>();
    Set<Integer> beginnings = new HashSet<>();
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < request.getCursorsCount(); i++) {
      var cursor = request.getCursors(i);
      String field = "cursors[" + i + "]";
      if (cursors.containsKey(cursor.getPartition())
          || beginnings.contains(cursor.getPartition())) {
        violations.add(
            new Violation(
                field + ".partition",
                "partition %d twice (expected: one cursor each)".formatted(cursor.getPartition()),
                "feed.cursor_twice"));
      } else if (cursor.getPosition() == 0
          && cursor.getEventId().isEmpty()
          && cursor.getEpoch().isEmpty()) {
        beginnings.add(cursor.getPartition());
      } else {
        try {
          cursors.put(cursor.getPartition(), CursorMapper.fromProto(cursor));
        } catch (IllegalArgumentException e) {
          violations.add(new Violation(field, String.valueOf(e.getMessage()), "feed.cursor"));
        }
      }
    }
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
    return new SubscriptionOrder(
        viewer(request, caller),
        cursors,
        beginnings,
        Set.copyOf(request.getPartitionsList()),
        switch (request.getStart()) {
          case START_UNSPECIFIED, START_OLDEST, UNRECOGNIZED -> SubscriptionOrder.Start.OLDEST;
          case START_HEAD -> SubscriptionOrder.Start.HEAD;
        },
        request.hasCheckpointInterval()
            ? Duration.ofSeconds(
                request.getCheckpointInterval().getSeconds(),
                request.getCheckpointInterval().getNanos())
            : SubscriptionOrder.DEFAULT_CHECKPOINT_INTERVAL);
  }

  private static Viewer viewer(SubscribeRequest request, Caller caller) {
    return new Viewer(
        caller.subject(),
        Audience.of(
            caller.roles().stream()
                .map(RoleMapper::toProto)
                .collect(Collectors.toUnmodifiableSet())),
        caller.roles().contains(Role.ENGINEER) ? caller.engineer() : Optional.empty(),
        Set.copyOf(request.getTypesList()));
  }

  static SubscribeResponse toProto(Delivery delivery, String source) {
    SubscribeResponse.Builder response = SubscribeResponse.newBuilder();
    delivery.batches().forEach(batch -> response.addBatches(toProto(batch, source)));
    delivery
        .checkpoint()
        .ifPresent(
            checkpoint ->
                response.setCheckpoint(
                    Checkpoint.newBuilder()
                        .addAllCursors(
                            checkpoint.cursors().stream().map(CursorMapper::toProto).toList())
                        .setCompleteUntil(TimestampMapper.toProto(checkpoint.completeUntil()))));
    return response.build();
  }

  private static PartitionBatch toProto(Delivery.Batch batch, String source) {
    return PartitionBatch.newBuilder()
        .setFromPosition(batch.fromPosition())
        .setTo(CursorMapper.toProto(batch.to()))
        .addAllEvents(batch.events().stream().map(event -> toProto(event, source)).toList())
        .setSkipped(batch.skipped())
        .build();
  }

  private static Event toProto(StoredEvent event, String source) {
    return Event.newBuilder()
        .setId(event.id().toString())
        .setSource(source)
        .setType(event.type())
        .setKey(event.key())
        .setTime(TimestampMapper.toProto(event.time()))
        .setVersion(event.version())
        .setChangeId(event.changeId().toString())
        .setPartition(event.partition())
        .setPosition(event.position())
        .setMustUnderstand(event.mustUnderstand())
        .setTraceparent(event.traceparent())
        .setData(
            Any.newBuilder().setTypeUrl(TYPE_URL_PREFIX + event.type()).setValue(event.payload()))
        .build();
  }

  static GetPartitionsResponse toProto(FeedLog.Heads heads) {
    return GetPartitionsResponse.newBuilder()
        .setEpoch(heads.epoch().toString())
        .addAllPartitions(
            heads.partitions().stream()
                .map(
                    head ->
                        Partition.newBuilder()
                            .setHead(CursorMapper.toProto(head.cursor(heads.epoch())))
                            .setFloor(CursorMapper.toProto(head.floor(heads.epoch())))
                            .build())
                .toList())
        .build();
  }
}
