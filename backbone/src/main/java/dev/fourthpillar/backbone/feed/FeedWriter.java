package dev.fourthpillar.backbone.feed;

import com.google.common.hash.Hashing;
import dev.fourthpillar.backbone.storage.SqlArrays;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Writes events in the transaction of the change they tell of: both are committed or neither is.
 * Writers never NOTIFY; that would serialise every commit of the server. After the commit the local
 * sequencer is nudged, which only saves it its next poll.
 *
 * <p>Events of one key keep their order if the change locks the aggregate's row first, which it
 * does anyway to assign the version.
 */
public final class FeedWriter {
  private static final String INTO =
      """
      insert into feed_inbox
        (event_id, type, key, key_hash, owner, audience, version, latest_only, must_understand,
         change_id, traceparent, payload)
      """;

  private static final String SEVERAL =
      """
      select e.event_id, e.type, e.key, e.key_hash, e.owner, e.audience, e.version, e.latest_only,
             e.must_understand, :feed_change_id, :feed_traceparent, e.payload
      from unnest(:feed_event_id, :feed_type, :feed_key, :feed_key_hash, :feed_owner, :feed_audience,
                  :feed_version, :feed_latest_only, :feed_must_understand, :feed_payload)
        with ordinality as e (event_id, type, key, key_hash, owner, audience, version, latest_only,
                              must_understand, payload, place)
      """;

  /**
   * Makes the events depend on the change: they are written after it, with numbers drawn after its
   * row locks, and not at all when it changed nothing.
   */
  private static final String IF_CHANGED = "where (select count(*) from feed_change) > 0\n";

  private static final String IN_ORDER = "order by e.place";

  private final Supplier<UUID> ids;
  private final Supplier<String> traceparent;
  private final Runnable afterCommit;

  /**
   * @param ids makes UUIDv7s
   * @param traceparent the W3C trace parent of the running change, or the empty string
   * @param afterCommit nudges the sequencer; must not block
   */
  public FeedWriter(Supplier<UUID> ids, Supplier<String> traceparent, Runnable afterCommit) {
    this.ids = ids;
    this.traceparent = traceparent;
    this.afterCommit = afterCommit;
  }

  /** Writes the events of one change, in this order. Call it inside the change's transaction. */
  public void append(Handle handle, NewEvent... events) {
    append(handle, List.of(events));
  }

  /** Writes the events of one change, in this order. Call it inside the change's transaction. */
  public void append(Handle handle, List<NewEvent> events) {
    if (!events.isEmpty()) {
      bind(handle, handle.createUpdate(INTO + rows(events, "")), events).execute();
    }
  }

  /**
   * The same in one statement with a part of the change, which saves a round trip. Bind the part's
   * parameters on the result and execute it; none of their names may begin with {@code feed_}. When
   * the part changes no row, no event is written and the result of {@code execute()} is 0.
   *
   * @param dml one INSERT, UPDATE or DELETE without RETURNING
   */
  public Update appendWith(Handle handle, String dml, List<NewEvent> events) {
    if (events.isEmpty()) {
      return handle.createUpdate(dml);
    }
    String both =
        "with feed_change as (%s returning 1)\n%s%s".formatted(dml, INTO, rows(events, IF_CHANGED));
    return bind(handle, handle.createUpdate(both), events);
  }

  /**
   * The same in one round trip with the change, which is sent with its events as one message: its
   * statements are executed in turn, and then the events are written, with numbers drawn after its
   * row locks. Bind the parameters of all statements on the result and execute it; none of their
   * names may begin with {@code feed_}. The result of {@code execute()} is the first statement's.
   *
   * @param change one or more statements that return no rows, separated by semicolons
   */
  public Update appendAfter(Handle handle, String change, List<NewEvent> events) {
    return events.isEmpty()
        ? handle.createUpdate(change)
        : bind(handle, handle.createUpdate(change + ";\n" + INTO + rows(events, "")), events);
  }

  private static String rows(List<NewEvent> events, String condition) {
    return events.size() == 1 ? one(events.getFirst()) + condition : SEVERAL + condition + IN_ORDER;
  }

  /**
   * Most changes have one event, and most of the cost of an array is that it is one. What the type
   * decides stands in the statement, of which there is one for each type: a third fewer parameters.
   * A type's name is a protobuf identifier; nothing in it ends a literal.
   */
  private static String one(NewEvent event) {
    EventType type = EventType.of(event.payload());
    return """
        select cast(:feed_event_id as uuid), '%s', cast(:feed_key as text),
               cast(:feed_key_hash as int), cast(:feed_owner as text), %d,
               cast(:feed_version as bigint), %b, %b, cast(:feed_change_id as uuid),
               cast(:feed_traceparent as text), cast(:feed_payload as bytea)
        """
        .formatted(type.name(), type.audience(), latestOnly(type), event.mustUnderstand());
  }

  private <S extends SqlStatement<S>> S bind(Handle handle, S statement, List<NewEvent> events) {
    if (!handle.isInTransaction()) {
      throw new IllegalStateException("events are written in the transaction of their change");
    }
    if (events.size() > FeedLimits.MAX_EVENTS_PER_CHANGE) {
      throw new IllegalArgumentException(
          "events of one change: %d (expected: at most %d)"
              .formatted(events.size(), FeedLimits.MAX_EVENTS_PER_CHANGE));
    }
    long bytes = events.stream().mapToLong(e -> e.payload().getSerializedSize()).sum();
    if (bytes > FeedLimits.MAX_CHANGE_BYTES) {
      throw new IllegalArgumentException(
          "payloads of one change: %d bytes (expected: at most %d)"
              .formatted(bytes, FeedLimits.MAX_CHANGE_BYTES));
    }
    handle.afterCommit(afterCommit);
    String parent = traceparent.get();
    statement
        .bind("feed_change_id", ids.get())
        .bind("feed_traceparent", parent.isEmpty() ? null : parent);
    return events.size() == 1
        ? bindOne(statement, events.getFirst())
        : bindSeveral(statement, events);
  }

  private <S extends SqlStatement<S>> S bindOne(S statement, NewEvent event) {
    return statement
        .bind("feed_event_id", ids.get())
        .bind("feed_key", event.key())
        .bind("feed_key_hash", hash(event.key()))
        .bind("feed_owner", owner(event))
        .bind("feed_version", event.version())
        .bind("feed_payload", event.payload().toByteArray());
  }

  private <S extends SqlStatement<S>> S bindSeveral(S statement, List<NewEvent> events) {
    List<EventType> types = events.stream().map(e -> EventType.of(e.payload())).toList();
    return statement
        .bind("feed_event_id", SqlArrays.uuids(events.stream().map(_ -> ids.get()).toList()))
        .bind("feed_type", SqlArrays.texts(types.stream().map(EventType::name).toList()))
        .bind("feed_key", SqlArrays.texts(events.stream().map(NewEvent::key).toList()))
        .bind("feed_key_hash", SqlArrays.ints(events.stream().map(e -> hash(e.key())).toList()))
        .bind("feed_owner", SqlArrays.texts(events.stream().map(FeedWriter::owner).toList()))
        .bind("feed_audience", SqlArrays.ints(types.stream().map(EventType::audience).toList()))
        .bind("feed_version", SqlArrays.longs(events.stream().map(NewEvent::version).toList()))
        .bind(
            "feed_latest_only",
            SqlArrays.booleans(types.stream().map(FeedWriter::latestOnly).toList()))
        .bind(
            "feed_must_understand",
            SqlArrays.booleans(events.stream().map(NewEvent::mustUnderstand).toList()))
        .bind(
            "feed_payload",
            SqlArrays.bytes(events.stream().map(e -> e.payload().toByteArray()).toList()));
  }

  private static boolean latestOnly(EventType type) {
    return switch (type.ordering()) {
      case ORDERING_LATEST -> true;
      case ORDERING_SEQUENTIAL, ORDERING_RANGE, ORDERING_NONE, ORDERING_UNSPECIFIED, UNRECOGNIZED ->
          false;
    };
  }

  /** An owner is stored only where the type lets owners see it: the column is a right. */
  private static @Nullable String owner(NewEvent event) {
    return EventType.of(event.payload()).own() ? event.owner().orElse(null) : null;
  }

  /** Fixed for ever: a key must not change its partition, whatever library computes the hash. */
  static int hash(String key) {
    return Hashing.murmur3_32_fixed().hashString(key, StandardCharsets.UTF_8).asInt();
  }
}
