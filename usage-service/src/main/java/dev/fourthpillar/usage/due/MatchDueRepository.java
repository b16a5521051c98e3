package dev.fourthpillar.usage.due;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Where holds and calls that no id joins have to be looked at together. */
@Singleton
public final class MatchDueRepository {

  /** A time of an engineer. */
  public record Around(String engineer, Instant time) {}

  public void add(Handle handle, Collection<Around> places, Instant dueAt) {
    if (!places.isEmpty()) {
      List<Around> distinct = places.stream().distinct().toList();
      handle
          .createUpdate(
              """
              insert into match_due (engineer, around, due_at)
              select engineer, around, :due_at
              from unnest(:engineers, cast(:times as timestamptz[])) p (engineer, around)
              """)
          .bindArray("engineers", String.class, distinct.stream().map(Around::engineer).toList())
          .bindArray(
              "times", String.class, distinct.stream().map(p -> p.time().toString()).toList())
          .bind("due_at", dueAt)
          .execute();
    }
  }

  /** Takes the next one whose time has come; passes over those that another replica takes. */
  public Optional<Around> take(Handle handle, Instant now) {
    return handle
        .createQuery(
            """
            delete from match_due
            where id in (
              select id from match_due where due_at <= :now
              order by due_at, id limit 1 for update skip locked)
            returning engineer, around
            """)
        .bind("now", now)
        .map(
            (row, _) ->
                new Around(row.getString("engineer"), row.getTimestamp("around").toInstant()))
        .findOne();
  }
}
