package dev.fourthpillar.backbone.feed.sequence;

import dev.fourthpillar.backbone.feed.FeedLimits;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * One tick: moves committed events from the inbox to the log and gives them their positions, in one
 * transaction of the caller's. The row of {@code feed} is the fence: whoever holds its lock may
 * advance the heads, so that two sequencers are slow, never wrong. The advisory lock only elects
 * one of them.
 */
final class SequencerTick {
  /** Names the election among the advisory locks of the database. */
  private static final long ELECTION_LOCK = 0x6665_6564_0000_0001L;

  private SequencerTick() {}

  /** What a tick did. */
  record Moved(int events, int coalesced) {
    static final Moved NOTHING = new Moved(0, 0);
  }

  /** Whether this transaction is the elected sequencer; the election ends with the transaction. */
  static boolean elected(Handle handle) {
    return handle
        .createQuery("select pg_try_advisory_xact_lock(:lock)")
        .bind("lock", ELECTION_LOCK)
        .mapTo(boolean.class)
        .one();
  }

  /**
   * Takes the fence, then moves up to {@code maxEvents} events. Two statements: the second must see
   * what the previous holder of the fence committed, and under READ COMMITTED each statement looks
   * afresh.
   */
  static Moved move(Handle handle, int maxEvents) {
    Instant sequencedAt =
        handle
            .createQuery(
                """
                select greatest(clock_timestamp(), sequenced_at + interval '1 microsecond')
                from feed for update
                """)
            .mapTo(Instant.class)
            .one();
    return handle
        .createQuery(
            """
            with moved as (
              -- By physical address: an inbox that was empty when its statistics were made, and is
              -- long now, would otherwise be read once for each row. Nobody else moves its rows.
              delete from feed_inbox
              where ctid = any (array(
                select address
                from (select ctid as address,
                             sum(octet_length(payload)) over (order by id)
                               - octet_length(payload) as before
                      from (select ctid, id, payload from feed_inbox order by id limit :max_events) next) sized
                where before < :max_bytes))
              returning *
            ), aged as (
              -- Of the events that carry a whole state, only the newest per key goes on.
              select m.*,
                     case when m.latest_only
                       then row_number() over (partition by m.latest_only, m.type, m.key order by m.id desc)
                       else 1 end as age
              from moved m
            ), placed as (
              select a.*, h.partition,
                     h.position + row_number() over (partition by h.partition order by a.id) as position
              from aged a
              cross join feed f
              join feed_head h
                on h.partition = ((a.key_hash % f.partition_count) + f.partition_count) % f.partition_count
              where a.age = 1
            ), logged as (
              insert into feed_log
                (partition, position, sequenced_at, event_id, type, key, owner, audience, version,
                 must_understand, change_id, traceparent, time, payload)
              select partition, position, :sequenced_at, event_id, type, key, owner, audience, version,
                     must_understand, change_id, traceparent, time, payload
              from placed
              order by partition, position
            ), advanced as (
              update feed_head h set position = p.position, event_id = p.event_id
              from (select distinct on (partition) partition, position, event_id
                    from placed order by partition, position desc) p
              where h.partition = p.partition
              returning 1
            ), stamped as (
              update feed set sequenced_at = :sequenced_at where exists (select from moved)
            )
            select (select count(*) from moved) as moved,
                   (select count(*) from placed) as placed,
                   case when exists (select from advanced) then pg_notify('feed', '') end as notified
            """)
        .bind("max_events", maxEvents)
        .bind("max_bytes", FeedLimits.MAX_STATEMENT_BYTES)
        .bind("sequenced_at", sequencedAt)
        .map((row, _) -> new Moved(row.getInt("moved"), row.getInt("moved") - row.getInt("placed")))
        .one();
  }
}
