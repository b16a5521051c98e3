package dev.fourthpillar.sample.pocket;

import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Pockets and what was put into them. */
@Singleton
final class PocketRepository {
  private final FeedWriter feed;

  PocketRepository(FeedWriter feed) {
    this.feed = feed;
  }

  /**
   * The database's clock: replicas may disagree about the time, it does not disagree with itself.
   */
  Instant now(Handle handle) {
    return handle.createQuery("select clock_timestamp()").mapTo(Instant.class).one();
  }

  Optional<Pocket> find(Handle handle, String engineer, String pocket) {
    return select(handle, engineer, pocket, "");
  }

  /**
   * The pocket, locked until the transaction ends. Two who make the same pocket meet at the
   * advisory lock: a row that is not there yet cannot be locked.
   */
  Optional<Pocket> findForUpdate(Handle handle, String engineer, String pocket) {
    handle
        .createQuery("select pg_advisory_xact_lock(hashtextextended(:key, 0))")
        .bind("key", "pocket/" + engineer + "/" + pocket)
        .mapTo(String.class)
        .one();
    return select(handle, engineer, pocket, "for update");
  }

  private static Optional<Pocket> select(
      Handle handle, String engineer, String pocket, String lock) {
    return handle
        .createQuery(
            """
            select engineer, pocket, currency, balance_nanos, version, updated_at
            from pocket
            where engineer = :engineer and pocket = :pocket
            <lock>
            """)
        .define("lock", lock)
        .bind("engineer", engineer)
        .bind("pocket", pocket)
        .map((row, _) -> pocket(row))
        .findOne();
  }

  /** One page of an engineer's pockets, by name. */
  Page<Pocket> list(Handle handle, String engineer, PageRequest page) {
    List<Pocket> rows =
        handle
            .createQuery(
                """
                select engineer, pocket, currency, balance_nanos, version, updated_at
                from pocket
                where engineer = :engineer and pocket > :after
                order by pocket
                limit :rows
                """)
            .bind("engineer", engineer)
            .bind("after", page.after().orElse(""))
            .bind("rows", page.size() + 1)
            .map((row, _) -> pocket(row))
            .list();
    return Page.of(rows, page, Pocket::pocket);
  }

  /** Writes the pocket as it is now, what was put in, and the event that tells of it. */
  void put(Handle handle, Pocket pocket, PutInPocket command, NewEvent event) {
    handle
        .createUpdate(
            """
            insert into pocket (engineer, pocket, currency, balance_nanos, version, updated_at)
            values (:engineer, :pocket, :currency, :balance_nanos, :version, :updated_at)
            on conflict (engineer, pocket) do update
            set balance_nanos = excluded.balance_nanos, version = excluded.version,
                updated_at = excluded.updated_at
            """)
        .bind("engineer", pocket.engineer())
        .bind("pocket", pocket.pocket())
        .bind("currency", pocket.balance().currency())
        .bind("balance_nanos", pocket.balance().nanos())
        .bind("version", pocket.version())
        .bind("updated_at", pocket.updatedAt())
        .execute();
    feed.appendWith(
            handle,
            """
            insert into pocket_entry (engineer, pocket, version, amount_nanos, memo, recorded_at)
            values (:engineer, :pocket, :version, :amount_nanos, :memo, :recorded_at)
            """,
            List.of(event))
        .bind("engineer", pocket.engineer())
        .bind("pocket", pocket.pocket())
        .bind("version", pocket.version())
        .bind("amount_nanos", command.amount().nanos())
        .bind("memo", command.memo())
        .bind("recorded_at", pocket.updatedAt())
        .execute();
  }

  private static Pocket pocket(ResultSet row) throws SQLException {
    return new Pocket(
        row.getString("engineer"),
        row.getString("pocket"),
        new Amount(row.getString("currency"), row.getLong("balance_nanos")),
        row.getLong("version"),
        row.getTimestamp("updated_at").toInstant());
  }
}
