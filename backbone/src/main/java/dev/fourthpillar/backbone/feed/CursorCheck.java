package dev.fourthpillar.backbone.feed;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds cursors against the feed they claim to come from. */
public final class CursorCheck {
  private CursorCheck() {}

  /** Why a subscription cannot go on from a cursor. */
  public sealed interface Problem {
    Cursor cursor();

    /** The events behind it were dropped. */
    record Expired(Cursor cursor, long floorPosition) implements Problem {}

    /** The feed's history is another one than the cursor was taken from. */
    record Diverged(Cursor cursor, UUID feedEpoch, String why) implements Problem {}

    /** The feed has no such partition. */
    record NoSuchPartition(Cursor cursor, int partitionCount) implements Problem {}
  }

  /**
   * The first problem among these cursors, if any.
   *
   * @param stored the ids at the cursors' positions, read before the heads: what retention drops in
   *     between is then behind the floor that the heads show, and not mistaken for another history
   */
  public static Optional<Problem> check(
      FeedLog.Heads heads, List<Cursor> cursors, Map<Integer, UUID> stored) {
    Map<Integer, FeedLog.Head> byPartition =
        heads.partitions().stream()
            .collect(Collectors.toMap(FeedLog.Head::partition, Function.identity()));
    return cursors.stream()
        .map(
            cursor ->
                problem(
                    cursor,
                    heads,
                    Optional.ofNullable(byPartition.get(cursor.partition())),
                    Optional.ofNullable(stored.get(cursor.partition()))))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Problem> problem(
      Cursor cursor, FeedLog.Heads heads, Optional<FeedLog.Head> found, Optional<UUID> stored) {
    if (found.isEmpty()) {
      return Optional.of(new Problem.NoSuchPartition(cursor, heads.partitions().size()));
    }
    FeedLog.Head head = found.get();
    if (!cursor.epoch().equals(heads.epoch())) {
      return diverged(cursor, heads, "the feed's epoch is another one");
    }
    if (cursor.position() > head.position()) {
      return diverged(cursor, heads, "the partition's head is at position " + head.position());
    }
    if (cursor.position() < head.floorPosition()) {
      return Optional.of(new Problem.Expired(cursor, head.floorPosition()));
    }
    Optional<UUID> actual =
        cursor.position() == head.floorPosition() ? head.floorEventId() : stored;
    if (!cursor.eventId().equals(actual)) {
      return diverged(cursor, heads, "another event stands at this position");
    }
    return Optional.empty();
  }

  private static Optional<Problem> diverged(Cursor cursor, FeedLog.Heads heads, String why) {
    return Optional.of(new Problem.Diverged(cursor, heads.epoch(), why));
  }
}
