package dev.fourthpillar.backbone.feed.consume;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Spreads a feed's partitions over the replicas of its consumer. Only so that they do not all do
 * the same work: what makes an effect happen once is the cursor.
 *
 * <p>A lease is held by a replica and the start of its process: {@code {replica}/{start}}. So the
 * next process of a replica takes its leases over at once, and the one before, should it still run,
 * has none from then on.
 */
final class LeaseRepository {
  private final ConsumerId consumer;
  private final String replica;
  private final String holder;
  private final Duration ttl;

  /**
   * @param replica names this replica; without a slash
   * @param start names this process among those that the replica has been
   * @param ttl how long a lease is valid without renewal
   */
  LeaseRepository(ConsumerId consumer, String replica, UUID start, Duration ttl) {
    this.consumer = consumer;
    this.replica = replica;
    this.holder = replica + "/" + start;
    this.ttl = ttl;
  }

  void ensure(Handle handle, List<Integer> partitions) {
    handle
        .createUpdate(
            """
            insert into feed_lease (source, consumer, partition, holder, until)
            select :source, :consumer, p, '', '-infinity' from unnest(:partitions) as p
            on conflict do nothing
            """)
        .bind("source", consumer.source())
        .bind("consumer", consumer.name())
        .bindArray("partitions", Integer.class, partitions)
        .execute();
  }

  /**
   * Takes over what an earlier process of this replica holds: to be called once, when this process
   * begins. The earlier one, should it still run, finds nothing of its own any more. What it is
   * about to commit is judged by the cursor, as anybody's is.
   */
  void takeOver(Handle handle) {
    handle
        .createUpdate(
            """
            update feed_lease set holder = :holder
            where source = :source and consumer = :consumer
              and split_part(holder, '/', 1) = :replica
            """)
        .bind("source", consumer.source())
        .bind("consumer", consumer.name())
        .bind("replica", replica)
        .bind("holder", holder)
        .execute();
  }

  /**
   * Says that this replica is alive, renews its leases, takes free ones up to its fair share, and
   * lets go of what is above it. Fair is the number of partitions by the number of live replicas.
   *
   * @return the partitions this replica holds now
   */
  Set<Integer> renew(Handle handle) {
    handle
        .createUpdate(
            """
            with gone as (
              delete from feed_replica
              where source = :source and consumer = :consumer and until <= now() and holder <> :replica
            )
            insert into feed_replica (source, consumer, holder, until)
            values (:source, :consumer, :replica, now() + :ttl_millis * interval '1 millisecond')
            on conflict (source, consumer, holder) do update set until = excluded.until
            """)
        .bind("source", consumer.source())
        .bind("consumer", consumer.name())
        .bind("replica", replica)
        .bind("ttl_millis", ttl.toMillis())
        .execute();
    List<Integer> held =
        handle
            .createQuery(
                """
                with share as (
                  select ceil((select count(*) from feed_lease
                               where source = :source and consumer = :consumer)::numeric
                              / (select count(*) from feed_replica
                                 where source = :source and consumer = :consumer))::int as fair
                ), mine as (
                  select l.partition
                  from feed_lease l
                  where source = :source and consumer = :consumer
                    and (holder = :holder or until <= now())
                  -- Own ones first, so that partitions do not wander.
                  order by (holder = :holder and until > now()) desc, partition
                  limit (select fair from share)
                  for update skip locked
                ), let_go as (
                  update feed_lease l set until = '-infinity'
                  where source = :source and consumer = :consumer and holder = :holder
                    and partition not in (select partition from mine)
                )
                update feed_lease l
                set holder = :holder, until = now() + :ttl_millis * interval '1 millisecond'
                from mine
                where l.source = :source and l.consumer = :consumer
                  and l.partition = mine.partition
                returning l.partition
                """)
            .bind("source", consumer.source())
            .bind("consumer", consumer.name())
            .bind("holder", holder)
            .bind("ttl_millis", ttl.toMillis())
            .mapTo(Integer.class)
            .list();
    return new TreeSet<>(held);
  }

  /** Lets go of everything, so that others need not wait for it to run out. */
  void release(Handle handle) {
    handle
        .createUpdate(
            """
            with gone as (
              delete from feed_replica
              where source = :source and consumer = :consumer and holder = :replica
                -- The replica lives on in a later process.
                and not exists (
                  select from feed_lease
                  where source = :source and consumer = :consumer and until > now()
                    and split_part(holder, '/', 1) = :replica and holder <> :holder)
            )
            update feed_lease set until = '-infinity'
            where source = :source and consumer = :consumer and holder = :holder
            """)
        .bind("source", consumer.source())
        .bind("consumer", consumer.name())
        .bind("replica", replica)
        .bind("holder", holder)
        .execute();
  }
}
