package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.backbone.feed.Cursor;
import dev.fourthpillar.backbone.feed.CursorCheck;
import dev.fourthpillar.backbone.feed.FeedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Opens subscriptions: finds their beginnings, and refuses cursors of another history. */
final class Subscriptions {
  private final Jdbi pool;
  private final CatchUp catchUp;
  private final FeedTail tail;

  Subscriptions(Jdbi pool, FeedTail tail) {
    this.pool = pool;
    this.catchUp = new CatchUp(pool);
    this.tail = tail;
  }

  FeedLog.Heads heads() {
    return pool.withHandle(FeedLog::heads);
  }

  Subscription open(SubscriptionOrder order) {
    return pool.withHandle(handle -> open(handle, order));
  }

  private Subscription open(Handle handle, SubscriptionOrder order) {
    FeedTail.State.History history = tail.state().history();
    List<Cursor> given = List.copyOf(order.cursors().values());
    Map<Integer, UUID> stored = FeedLog.eventIdsAt(handle, given);
    FeedLog.Heads heads = FeedLog.heads(handle);
    requireKnown(order, heads.partitions().size());
    List<Cursor> all = new ArrayList<>(given);
    order.beginnings().forEach(p -> all.add(Cursor.start(heads.epoch(), p)));
    CursorCheck.check(heads, all, stored)
        .ifPresent(
            problem -> {
              throw failure(problem).asException();
            });
    if (!history.epoch().equals(heads.epoch())) {
      // The epoch has just begun, and the tail will notice in a moment.
      throw Failure.of(Reason.STORAGE_UNAVAILABLE, "the feed is beginning a new epoch")
          .withRetryAfter(FeedTail.BACKOFF)
          .asException();
    }
    List<Cursor> beginnings =
        heads.partitions().stream()
            .filter(h -> order.partitions().isEmpty() || order.partitions().contains(h.partition()))
            .map(head -> beginning(order, heads, head))
            .toList();
    return new Subscription(catchUp, tail, order.viewer(), history, beginnings);
  }

  private static Cursor beginning(SubscriptionOrder order, FeedLog.Heads heads, FeedLog.Head head) {
    Cursor given = order.cursors().get(head.partition());
    if (given != null) {
      return given;
    }
    if (order.beginnings().contains(head.partition())) {
      return Cursor.start(heads.epoch(), head.partition());
    }
    return switch (order.start()) {
      case OLDEST -> head.floor(heads.epoch());
      case HEAD -> head.cursor(heads.epoch());
    };
  }

  private static void requireKnown(SubscriptionOrder order, int partitionCount) {
    List<Violation> violations =
        Stream.concat(order.partitions().stream(), cursorPartitions(order))
            .filter(p -> p < 0 || p >= partitionCount)
            .distinct()
            .map(
                p ->
                    new Violation(
                        order.partitions().contains(p) ? "partitions" : "cursors",
                        "partition %d (expected: 0 to %d)".formatted(p, partitionCount - 1),
                        "feed.partition"))
            .toList();
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
    List<Violation> unwanted =
        order.partitions().isEmpty()
            ? List.of()
            : cursorPartitions(order)
                .filter(p -> !order.partitions().contains(p))
                .map(
                    p ->
                        new Violation(
                            "cursors",
                            "partition %d (expected: one of the requested partitions)".formatted(p),
                            "feed.cursor_outside_partitions"))
                .toList();
    if (!unwanted.isEmpty()) {
      throw Failure.invalidFields(unwanted).asException();
    }
  }

  private static Stream<Integer> cursorPartitions(SubscriptionOrder order) {
    return Stream.concat(order.cursors().keySet().stream(), order.beginnings().stream());
  }

  private static Failure failure(CursorCheck.Problem problem) {
    Cursor cursor = problem.cursor();
    return switch (problem) {
      case CursorCheck.Problem.Expired(_, long floor) ->
          Failure.of(
                  Reason.CURSOR_EXPIRED,
                  "partition %d: cursor at position %d, the oldest kept event is %d"
                      .formatted(cursor.partition(), cursor.position(), floor + 1))
              .with("partition", Integer.toString(cursor.partition()))
              .with("position", Long.toString(cursor.position()))
              .with("oldest_position", Long.toString(floor + 1));
      case CursorCheck.Problem.Diverged(_, var epoch, String why) ->
          Failure.of(
                  Reason.CURSOR_DIVERGED,
                  "partition %d: the cursor at position %d is of another history: %s"
                      .formatted(cursor.partition(), cursor.position(), why))
              .with("partition", Integer.toString(cursor.partition()))
              .with("position", Long.toString(cursor.position()))
              .with("cursor_epoch", cursor.epoch().toString())
              .with("feed_epoch", epoch.toString());
      case CursorCheck.Problem.NoSuchPartition(_, int count) ->
          Failure.invalidField(
              "cursors",
              "partition %d (expected: 0 to %d)".formatted(cursor.partition(), count - 1),
              "feed.partition");
    };
  }
}
