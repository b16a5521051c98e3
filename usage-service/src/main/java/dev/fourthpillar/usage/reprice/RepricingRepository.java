package dev.fourthpillar.usage.reprice;

import dev.fourthpillar.usage.settle.UnitValue;
import dev.fourthpillar.usage.settle.ValueCodec;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Re-pricings, and what they moved. */
@Singleton
final class RepricingRepository {
  /** Rows of a preview that are in memory at a time. */
  private static final int FETCH_ROWS = 1_000;

  /** A unit that was moved. */
  record Move(long unit, String before, String after) {}

  /** Between which units those of a span are; none between 0 and 0. */
  record Range(long first, long last) {}

  /** Looked for by their time, so that the steps need not look at all units before them. */
  Range range(Handle handle, Instant start, Instant end) {
    return handle
        .createQuery(
            // Without "offset 0" it would be answered by the ids' index, from one end to the span.
            """
            select coalesce(min(unit_id), 0) as first, coalesce(max(unit_id), 0) as last from (
              select unit_id from unit_value
              where event_time >= :start and event_time < :end offset 0) u
            """)
        .bind("start", start)
        .bind("end", end)
        .map((row, _) -> new Range(row.getLong("first"), row.getLong("last")))
        .one();
  }

  boolean insert(Handle handle, Repricing repricing) {
    return handle
            .createUpdate(
                """
                insert into repricing
                  (repricing_id, start_time, end_time, reason, author, created_at, state, at_unit,
                   last_unit, changed, no_longer_priced, list_change, employer_change)
                values
                  (:id, :start, :end, :reason, :author, :created_at, :state, :at, :last, 0, 0, 0, 0)
                on conflict do nothing
                """)
            .bind("id", repricing.id())
            .bind("start", repricing.start())
            .bind("end", repricing.end())
            .bind("reason", repricing.reason())
            .bind("author", repricing.author())
            .bind("created_at", repricing.createdAt())
            .bind("state", repricing.state().name())
            .bind("at", repricing.atUnit())
            .bind("last", repricing.lastUnit())
            .execute()
        == 1;
  }

  Optional<Repricing> find(Handle handle, String id) {
    return handle
        .createQuery("select * from repricing where repricing_id = :id")
        .bind("id", id)
        .map((row, _) -> repricing(row))
        .findOne();
  }

  /** Locks it until the end of the transaction. */
  Optional<Repricing> lock(Handle handle, String id) {
    return handle
        .createQuery("select * from repricing where repricing_id = :id for update")
        .bind("id", id)
        .map((row, _) -> repricing(row))
        .findOne();
  }

  /** The oldest that is under way, and that no other replica is at. */
  Optional<Repricing> underWay(Handle handle) {
    return handle
        .createQuery(
            """
            select * from repricing where state in ('APPLYING', 'REVERTING')
            order by created_at, repricing_id limit 1 for update skip locked
            """)
        .map((row, _) -> repricing(row))
        .findOne();
  }

  void update(Handle handle, Repricing repricing) {
    handle
        .createUpdate(
            """
            update repricing
            set state = :state, at_unit = :at, changed = :changed,
                no_longer_priced = :no_longer_priced, currency = :currency,
                list_change = :list_change, employer_change = :employer_change
            where repricing_id = :id
            """)
        .bind("id", repricing.id())
        .bind("state", repricing.state().name())
        .bind("at", repricing.atUnit())
        .bind("changed", repricing.changed())
        .bind("no_longer_priced", repricing.noLongerPriced())
        .bind("currency", repricing.currency().orElse(null))
        .bind("list_change", new java.math.BigDecimal(repricing.listChange()))
        .bind("employer_change", new java.math.BigDecimal(repricing.employerChange()))
        .execute();
  }

  /** The next units of the span that have a price. */
  List<Long> priced(Handle handle, Repricing repricing, int atMost) {
    return handle
        .createQuery(
            """
            select unit_id from unit_value
            where unit_id > :at and unit_id <= :last and event_time >= :start
              and event_time < :end and book_id <> '' and state not in ('VOID', 'SUPPRESSED')
            order by unit_id limit :rows
            """)
        .bind("at", repricing.atUnit())
        .bind("last", repricing.lastUnit())
        .bind("start", repricing.start())
        .bind("end", repricing.end())
        .bind("rows", atMost)
        .mapTo(Long.class)
        .list();
  }

  /** Gives all units of the span that have a price to the consumer, one after the other. */
  void priced(Handle handle, Instant start, Instant end, Consumer<UnitValue> each) {
    handle
        .createQuery(
            """
            select * from unit_value
            where event_time >= :start and event_time < :end and book_id <> ''
              and state not in ('VOID', 'SUPPRESSED')
            """)
        .setFetchSize(FETCH_ROWS)
        .bind("start", start)
        .bind("end", end)
        .map((row, _) -> ValueCodec.value(row))
        .forEach(each);
  }

  void moved(Handle handle, String id, List<Move> moves) {
    if (!moves.isEmpty()) {
      handle
          .createUpdate(
              """
              insert into repriced_unit (repricing_id, unit_id, book_before, book_after)
              select :id, unit_id, book_before, book_after
              from unnest(:units, :before, :after) m (unit_id, book_before, book_after)
              """)
          .bind("id", id)
          .bindArray("units", Long.class, moves.stream().map(Move::unit).toList())
          .bindArray("before", String.class, moves.stream().map(Move::before).toList())
          .bindArray("after", String.class, moves.stream().map(Move::after).toList())
          .execute();
    }
  }

  /** The next units that it moved. */
  List<Move> moves(Handle handle, Repricing repricing, int atMost) {
    return handle
        .createQuery(
            """
            select * from repriced_unit where repricing_id = :id and unit_id > :at
            order by unit_id limit :rows
            """)
        .bind("id", repricing.id())
        .bind("at", repricing.atUnit())
        .bind("rows", atMost)
        .map(
            (row, _) ->
                new Move(
                    row.getLong("unit_id"),
                    row.getString("book_before"),
                    row.getString("book_after")))
        .list();
  }

  private static Repricing repricing(ResultSet row) throws SQLException {
    return new Repricing(
        row.getString("repricing_id"),
        row.getTimestamp("start_time").toInstant(),
        row.getTimestamp("end_time").toInstant(),
        row.getString("reason"),
        row.getString("author"),
        row.getTimestamp("created_at").toInstant(),
        Repricing.State.valueOf(row.getString("state")),
        row.getLong("at_unit"),
        row.getLong("last_unit"),
        row.getLong("changed"),
        row.getLong("no_longer_priced"),
        Optional.ofNullable(row.getString("currency")),
        integer(row, "list_change"),
        integer(row, "employer_change"));
  }

  private static BigInteger integer(ResultSet row, String column) throws SQLException {
    return row.getBigDecimal(column).toBigIntegerExact();
  }
}
