package dev.fourthpillar.backbone.feed.consume;

import dev.fourthpillar.backbone.feed.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** How far this service has come in a feed. */
final class CursorRepository {
  private final ConsumerId consumer;

  CursorRepository(ConsumerId consumer) {
    this.consumer = consumer;
  }

  /** A move of one cursor from the position the mover believes in. */
  record Move(long from, Cursor to) {}

  /** Begins at these places in the partitions where there is no cursor yet. */
  void ensure(Handle handle, List<Cursor> beginnings) {
    handle
        .createUpdate(
            """
            insert into feed_cursor (source, consumer, partition, epoch, position, event_id)
            select :source, :consumer, b.partition, b.epoch, b.position, b.event_id
            from unnest(:partitions, :epochs, :positions, :event_ids)
              as b (partition, epoch, position, event_id)
            on conflict do nothing
            """)
        .bind("source", consumer.source())
        .bind("consumer", consumer.name())
        .bindArray("partitions", Integer.class, beginnings.stream().map(Cursor::partition).toList())
        .bindArray("epochs", UUID.class, beginnings.stream().map(Cursor::epoch).toList())
        .bindArray("positions", Long.class, beginnings.stream().map(Cursor::position).toList())
        .bindArray(
            "event_ids",
            UUID.class,
            beginnings.stream().map(c -> c.eventId().orElse(null)).toList())
        .execute();
  }

  List<Cursor> read(Handle handle, Collection<Integer> partitions) {
    return handle
        .createQuery(
            """
            select epoch, partition, position, event_id
            from feed_cursor
            where source = :source and consumer = :consumer and partition = any (:partitions)
            order by partition
            """)
        .bind("source", consumer.source())
        .bind("consumer", consumer.name())
        .bindArray("partitions", Integer.class, List.copyOf(partitions))
        .map((row, _) -> cursor(row))
        .list();
  }

  /**
   * Moves all these cursors, or refuses: compare and set. The rows stay locked until the
   * transaction ends, so that whoever believes in the same position waits here and is then refused.
   *
   * @throws StaleConsumerException when one of them is not where the mover believes; nothing of
   *     this transaction may be committed
   */
  void advance(Handle handle, List<Move> moves) {
    int moved =
        handle
            .createUpdate(
                """
                with believed as materialized (
                  select c.ctid, m.to_position, m.to_event_id
                  from feed_cursor c
                  join unnest(:partitions, :from_positions, :to_positions, :epochs, :to_event_ids)
                    as m (partition, from_position, to_position, epoch, to_event_id)
                    on c.partition = m.partition
                  where c.source = :source and c.consumer = :consumer
                    and c.position = m.from_position and c.epoch = m.epoch
                  order by c.partition
                  for update of c
                )
                update feed_cursor c
                set position = b.to_position, event_id = b.to_event_id, updated_at = now()
                from believed b
                where c.ctid = b.ctid
                """)
            .bind("source", consumer.source())
            .bind("consumer", consumer.name())
            .bindArray(
                "partitions", Integer.class, moves.stream().map(m -> m.to().partition()).toList())
            .bindArray("from_positions", Long.class, moves.stream().map(Move::from).toList())
            .bindArray(
                "to_positions", Long.class, moves.stream().map(m -> m.to().position()).toList())
            .bindArray("epochs", UUID.class, moves.stream().map(m -> m.to().epoch()).toList())
            .bindArray(
                "to_event_ids",
                UUID.class,
                moves.stream().map(m -> m.to().eventId().orElse(null)).toList())
            .execute();
    if (moved != moves.size()) {
      throw new StaleConsumerException(consumer, moves.size() - moved);
    }
  }

  private static Cursor cursor(ResultSet row) throws SQLException {
    return new Cursor(
        row.getObject("epoch", UUID.class),
        row.getInt("partition"),
        row.getLong("position"),
        Optional.ofNullable(row.getObject("event_id", UUID.class)));
  }
}
