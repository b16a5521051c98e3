package dev.fourthpillar.usage.due;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Units that have to be looked at again, because something that decides on them has changed or
 * because a time has come. Rows are only added and taken, so that nobody waits for them.
 */
@Singleton
public final class DueRepository {

  /** Advisory locks of this class number are of what decides on all units. */
  private static final int LOCK_CLASS = 5120;

  /**
   * To be called before prices, people, mappings and gates are read to decide on units: until the
   * end of the transaction none of them changes, so that no unit is decided on what was just
   * replaced.
   */
  public void read(Handle handle) {
    handle
        .createQuery("select pg_advisory_xact_lock_shared(:class, 0)")
        .bind("class", LOCK_CLASS)
        .mapTo(String.class)
        .one();
  }

  /** To be called before any of them is changed: waits for those who are deciding now. */
  public void change(Handle handle) {
    handle
        .createQuery("select pg_advisory_xact_lock(:class, 0)")
        .bind("class", LOCK_CLASS)
        .mapTo(String.class)
        .one();
  }

  public void add(Handle handle, Collection<Long> units, Collection<Instant> dueAt) {
    if (!units.isEmpty()) {
      handle
          .createUpdate(
              "insert into unit_due (unit_id, due_at) select * from unnest(:units, cast(:due_at as timestamptz[]))")
          .bindArray("units", Long.class, units)
          .bindArray("due_at", String.class, dueAt.stream().map(Instant::toString).toList())
          .execute();
    }
  }

  /** What had no price is looked at again. */
  public void addUnpriced(Handle handle, Instant now) {
    handle
        .createUpdate(
            """
            insert into unit_due (unit_id, due_at)
            select unit_id, :now from unit_value
            where state in ('UNATTRIBUTED', 'UNPRICED', 'WAITING')
              and (state = 'UNPRICED' or book_id = '')
            """)
        .bind("now", now)
        .execute();
  }

  /**
   * What makes one of these claims is looked at again.
   *
   * @param claims as {@code unit_value} keeps them
   */
  public void addClaiming(Handle handle, Collection<String> claims, Instant since, Instant now) {
    if (!claims.isEmpty()) {
      handle
          .createUpdate(
              """
              insert into unit_due (unit_id, due_at)
              select distinct v.unit_id, cast(:now as timestamptz)
              from unnest(:claims) claim
              join unit_value v on v.claims @> jsonb_build_array(claim)
              where v.event_time >= :since and v.state <> 'VOID'
              """)
          .bindArray("claims", String.class, claims)
          .bind("since", since)
          .bind("now", now)
          .execute();
    }
  }

  /** An engineer's hold, and when it was reserved. */
  public record Reserved(String engineer, Instant time) {}

  /** Windows of engineers who use holds: what a window says, holds may say better. */
  public void addWindowsAround(
      Handle handle, Collection<Reserved> holds, Duration before, Duration after, Instant now) {
    if (!holds.isEmpty()) {
      handle
          .createUpdate(
              """
              insert into unit_due (unit_id, due_at)
              select distinct v.unit_id, cast(:now as timestamptz)
              from unnest(:engineers, cast(:times as timestamptz[])) h (engineer, reserve_time)
              join unit_value v on v.is_window and v.subject = h.engineer
                and v.event_time >= h.reserve_time - cast(:after as interval)
                and v.event_time <= h.reserve_time + cast(:before as interval)
              where v.state not in ('VOID', 'SUPPRESSED')
              """)
          .bindArray("engineers", String.class, holds.stream().map(Reserved::engineer).toList())
          .bindArray("times", String.class, holds.stream().map(h -> h.time().toString()).toList())
          .bind("before", before.toSeconds() + " seconds")
          .bind("after", after.toSeconds() + " seconds")
          .bind("now", now)
          .execute();
    }
  }

  /** What these people are shown with is looked at again. */
  public void addOfCountry(Handle handle, String country, Instant since, Instant now) {
    handle
        .createUpdate(
            """
            insert into unit_due (unit_id, due_at)
            select v.unit_id, :now
            from unit_value v
            where v.event_time >= :since and v.state not in ('VOID', 'SUPPRESSED')
              and v.subject in (select engineer from person_country where country = :country)
            """)
        .bind("country", country)
        .bind("since", since)
        .bind("now", now)
        .execute();
  }

  /** What is an engineer's, under whatever name, is looked at again. */
  public void addOfSubject(Handle handle, String engineer, Instant since, Instant now) {
    handle
        .createUpdate(
            """
            insert into unit_due (unit_id, due_at)
            select v.unit_id, :now
            from unit_value v
            where v.event_time >= :since and v.state <> 'VOID'
              and v.subject in (
                select :engineer union select pseudonym from pseudonym where engineer = :engineer)
            """)
        .bind("engineer", engineer)
        .bind("since", since)
        .bind("now", now)
        .execute();
  }

  /**
   * Takes the units whose time has come; passes over those that another replica takes. Each may
   * come several times.
   */
  public List<Long> take(Handle handle, Instant now, int atMost) {
    return handle
        .createQuery(
            """
            delete from unit_due
            where id in (
              select id from unit_due where due_at <= :now
              order by due_at, id limit :at_most for update skip locked)
            returning unit_id
            """)
        .bind("now", now)
        .bind("at_most", atMost)
        .mapTo(Long.class)
        .list();
  }
}
