package dev.fourthpillar.budget.cap;

import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.storage.SqlArrays;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/** Caps, and what counts in their windows. */
@Singleton
public final class CapRepository {

  /** Another number after each change of a cap. */
  long revision(Handle handle) {
    return handle.createQuery("select revision from cap_revision").mapTo(Long.class).one();
  }

  /** Who changes caps does so one after the other: this lock ends with the transaction. */
  public void lock(Handle handle) {
    handle.createUpdate("update cap_revision set revision = revision + 1").execute();
  }

  /** All of them, by id. */
  public List<Cap> all(Handle handle) {
    return handle.createQuery("select * from cap order by cap").map((row, _) -> cap(row)).list();
  }

  public Optional<Cap> find(Handle handle, String id) {
    return handle
        .createQuery("select * from cap where cap = :cap")
        .bind("cap", id)
        .map((row, _) -> cap(row))
        .findOne();
  }

  /** Those behind an id, by id. */
  public List<Cap> after(Handle handle, String id, int atMost) {
    return handle
        .createQuery("select * from cap where cap > :after order by cap limit :at_most")
        .bind("after", id)
        .bind("at_most", atMost)
        .map((row, _) -> cap(row))
        .list();
  }

  public void put(Handle handle, Cap cap, String author, Instant now) {
    handle
        .createUpdate(
            """
            insert into cap
              (cap, limit_nanos, currency, length, time_zone, model, tool, project, named_only,
               disabled, since, author, changed_at)
            values
              (:cap, :limit, :currency, :length, :zone, :model, :tool, :project, :named_only,
               :disabled, :since, :author, :now)
            on conflict (cap) do update
            set limit_nanos = excluded.limit_nanos, disabled = excluded.disabled,
                author = excluded.author, changed_at = excluded.changed_at
            """)
        .bind("cap", cap.id())
        .bind("limit", cap.amount().nanos())
        .bind("currency", cap.amount().currency())
        .bind("length", cap.window().name())
        .bind("zone", cap.zone().getId())
        .bind("model", cap.conditions().model())
        .bind("tool", cap.conditions().tool())
        .bind("project", cap.conditions().project())
        .bind("named_only", cap.namedOnly())
        .bind("disabled", cap.disabled())
        .bind("since", cap.since())
        .bind("author", author)
        .bind("now", now)
        .execute();
  }

  /** Makes the windows that are not there. */
  void open(Handle handle, Collection<CapKey> windows) {
    List<CapKey> sorted = windows.stream().sorted().toList();
    handle
        .createUpdate(
            """
            insert into cap_window (cap, start_minute, held_nanos, settled_nanos)
            select cap, start_minute, 0, 0
            from unnest(:caps, :starts) as n (cap, start_minute)
            order by cap, start_minute
            on conflict do nothing
            """)
        .bind("caps", caps(sorted))
        .bind("starts", starts(sorted))
        .execute();
  }

  /** Deletes windows of these caps that began before that minute; none that somebody has locked. */
  void deleteOld(Handle handle, Collection<CapKey> windows, long before) {
    handle
        .createUpdate(
            """
            delete from cap_window w
            using (select cap, start_minute from cap_window
                   where cap = any (:caps) and start_minute > :ever and start_minute < :before
                   for update skip locked) old
            where w.cap = old.cap and w.start_minute = old.start_minute
            """)
        .bind("caps", caps(windows))
        .bind("ever", CapKey.EVER)
        .bind("before", before)
        .execute();
  }

  /**
   * What counts in these windows, locked in their order until the transaction ends. To be called
   * when all accounts are locked: the row that most want is held shortest.
   */
  Map<CapKey, CapRoom> lockRooms(Handle handle, Collection<CapKey> windows) {
    return rooms(handle, windows, "for update of w");
  }

  /** What counts in these windows now; one that nobody has opened yet is not in it. */
  public Map<CapKey, CapRoom> rooms(Handle handle, Collection<CapKey> windows) {
    return rooms(handle, windows, "");
  }

  private static Map<CapKey, CapRoom> rooms(
      Handle handle, Collection<CapKey> windows, String lock) {
    return handle
        .createQuery(
            """
            select w.cap, w.start_minute, w.held_nanos, w.settled_nanos, c.limit_nanos, c.disabled
            from cap_window w join cap c on c.cap = w.cap
            where (w.cap, w.start_minute)
              in (select cap, start_minute from unnest(:caps, :starts) as n (cap, start_minute))
            order by w.cap, w.start_minute
            <lock>
            """)
        .define("lock", lock)
        .bind("caps", caps(windows))
        .bind("starts", starts(windows))
        .map(
            (row, _) ->
                Map.entry(
                    new CapKey(row.getString("cap"), row.getLong("start_minute")),
                    new CapRoom(
                        number(row, "limit_nanos"),
                        number(row, "held_nanos"),
                        number(row, "settled_nanos"),
                        row.getBoolean("disabled"))))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Argument caps(Collection<CapKey> windows) {
    return SqlArrays.texts(windows.stream().map(CapKey::cap).toList());
  }

  private static Argument starts(Collection<CapKey> windows) {
    return SqlArrays.longs(windows.stream().map(CapKey::start).toList());
  }

  private static Cap cap(ResultSet row) throws SQLException {
    return new Cap(
        row.getString("cap"),
        new Amount(row.getString("currency"), number(row, "limit_nanos").longValueExact()),
        CapWindow.valueOf(row.getString("length")),
        ZoneId.of(row.getString("time_zone")),
        new CapConditions(row.getString("model"), row.getString("tool"), row.getString("project")),
        row.getBoolean("named_only"),
        row.getBoolean("disabled"),
        row.getObject("since", OffsetDateTime.class).toInstant());
  }

  private static BigInteger number(ResultSet row, String column) throws SQLException {
    BigDecimal number = row.getBigDecimal(column);
    return number.toBigIntegerExact();
  }
}
