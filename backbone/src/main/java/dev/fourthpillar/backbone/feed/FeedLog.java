package dev.fourthpillar.backbone.feed;

import com.google.protobuf.UnsafeByteOperations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads the feed's log, heads and floors. Everything here is committed and will not move. */
public final class FeedLog {
  private FeedLog() {}

  /**
   * Where the feed stands.
   *
   * @param epoch the history's name
   * @param sequencedAt of the last tick: every event sequenced up to then is visible
   */
  public record Heads(UUID epoch, Instant sequencedAt, List<Head> partitions) {}

  /** Where one partition stands; position 0 and no event before the first. */
  public record Head(
      int partition,
      long position,
      Optional<UUID> eventId,
      long floorPosition,
      Optional<UUID> floorEventId) {

    public Cursor cursor(UUID epoch) {
      return new Cursor(epoch, partition, position, eventId);
    }

    /** The newest place from which everything that is left can still be read. */
    public Cursor floor(UUID epoch) {
      return new Cursor(epoch, partition, floorPosition, floorEventId);
    }
  }

  /** One statement, so that the heads and the time belong together. */
  public static Heads heads(Handle handle) {
    record Row(UUID epoch, Instant sequencedAt, Head head) {}
    List<Row> rows =
        handle
            .createQuery(
                """
                select f.epoch, f.sequenced_at, h.partition, h.position, h.event_id,
                       h.floor_position, h.floor_event_id
                from feed f cross join feed_head h
                order by h.partition
                """)
            .map(
                (row, _) ->
                    new Row(
                        row.getObject("epoch", UUID.class),
                        row.getTimestamp("sequenced_at").toInstant(),
                        new Head(
                            row.getInt("partition"),
                            row.getLong("position"),
                            uuid(row, "event_id"),
                            row.getLong("floor_position"),
                            uuid(row, "floor_event_id"))))
            .list();
    if (rows.isEmpty()) {
      throw new IllegalStateException("the database has no feed yet (FeedSetup.ensure creates it)");
    }
    return new Heads(
        rows.getFirst().epoch(),
        rows.getFirst().sequencedAt(),
        rows.stream().map(Row::head).toList());
  }

  /**
   * The next events behind each of these positions, in the order of partition and position: at
   * least one of each partition that has any, and together not much more than {@value
   * FeedLimits#MAX_STATEMENT_BYTES} bytes.
   *
   * @param positions partition → last position already read
   * @param maxPerPartition how many at most of each partition
   * @param sequencedSince nothing sequenced earlier is wanted: lets PostgreSQL pass over the days
   *     before. {@link Instant#EPOCH} when the positions may be of any age
   */
  public static List<StoredEvent> read(
      Handle handle, Map<Integer, Long> positions, int maxPerPartition, Instant sequencedSince) {
    if (positions.isEmpty()) {
      return List.of();
    }
    List<Map.Entry<Integer, Long>> wanted = List.copyOf(positions.entrySet());
    return handle
        .createQuery(
            """
            select e.*
            from unnest(:partitions, :positions) as c (partition, position)
            cross join lateral (
              select sized.*
              from (select l.*,
                           sum(octet_length(payload)) over (order by position)
                             - octet_length(payload) as before
                    from (select *
                          from feed_log
                          where partition = c.partition
                            and position > c.position
                            and sequenced_at >= :since
                          order by position
                          limit :max_per_partition) l) sized
              where sized.before < :max_bytes_per_partition
            ) e
            order by e.partition, e.position
            """)
        .bindArray("partitions", Integer.class, wanted.stream().map(Map.Entry::getKey).toList())
        .bindArray("positions", Long.class, wanted.stream().map(Map.Entry::getValue).toList())
        .bind("since", sequencedSince)
        .bind("max_per_partition", maxPerPartition)
        .bind("max_bytes_per_partition", FeedLimits.MAX_STATEMENT_BYTES / wanted.size())
        .map((row, _) -> event(row))
        .list();
  }

  /** The ids of the events that stand at the positions of these cursors, where there are any. */
  public static Map<Integer, UUID> eventIdsAt(Handle handle, List<Cursor> cursors) {
    return handle
        .createQuery(
            """
            select l.partition, l.event_id
            from unnest(:partitions, :positions) as c (partition, position)
            join feed_log l using (partition, position)
            """)
        .bindArray("partitions", Integer.class, cursors.stream().map(Cursor::partition).toList())
        .bindArray("positions", Long.class, cursors.stream().map(Cursor::position).toList())
        .map((row, _) -> Map.entry(row.getInt("partition"), row.getObject("event_id", UUID.class)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static StoredEvent event(ResultSet row) throws SQLException {
    return new StoredEvent(
        row.getInt("partition"),
        row.getLong("position"),
        row.getObject("event_id", UUID.class),
        row.getString("type"),
        row.getString("key"),
        Optional.ofNullable(row.getString("owner")),
        row.getInt("audience"),
        row.getLong("version"),
        row.getBoolean("must_understand"),
        row.getObject("change_id", UUID.class),
        Optional.ofNullable(row.getString("traceparent")).orElse(""),
        row.getTimestamp("time").toInstant(),
        UnsafeByteOperations.unsafeWrap(row.getBytes("payload")));
  }

  private static Optional<UUID> uuid(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, UUID.class));
  }
}
