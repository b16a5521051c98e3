package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.feed.Cursor;
import java.util.Optional;
import java.util.UUID;

/** Cursors between the contract and the domain. */
public final class CursorMapper {
  private CursorMapper() {}

  public static dev.fourthpillar.events.v1.Cursor toProto(Cursor cursor) {
    return dev.fourthpillar.events.v1.Cursor.newBuilder()
        .setEpoch(cursor.epoch().toString())
        .setPartition(cursor.partition())
        .setPosition(cursor.position())
        .setEventId(cursor.eventId().map(UUID::toString).orElse(""))
        .build();
  }

  /**
   * @throws IllegalArgumentException when the fields do not make a cursor
   */
  public static Cursor fromProto(dev.fourthpillar.events.v1.Cursor cursor) {
    return new Cursor(
        UUID.fromString(cursor.getEpoch()),
        cursor.getPartition(),
        cursor.getPosition(),
        cursor.getEventId().isEmpty()
            ? Optional.empty()
            : Optional.of(UUID.fromString(cursor.getEventId())));
  }
}
