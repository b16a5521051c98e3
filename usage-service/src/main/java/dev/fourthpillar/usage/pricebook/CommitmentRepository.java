package dev.fourthpillar.usage.pricebook;

import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What the employer has committed to spend, beside the sums of what calls cost. */
@Singleton
final class CommitmentRepository {

  void put(Handle handle, Commitment commitment, Instant now) {
    handle
        .createUpdate(
            """
            insert into commitment (commitment_id, provider, currency, amount_nanos, start_day,
              end_day, source, author, made_at)
            values (:id, :provider, :currency, :amount, :start_day, :end_day, :source, :author, :now)
            on conflict (commitment_id) do update set provider = excluded.provider,
              currency = excluded.currency, amount_nanos = excluded.amount_nanos,
              start_day = excluded.start_day, end_day = excluded.end_day,
              source = excluded.source, author = excluded.author, made_at = excluded.made_at
            """)
        .bind("id", commitment.id())
        .bind("provider", commitment.provider())
        .bind("currency", commitment.amount().currency())
        .bind("amount", commitment.amount().nanos())
        .bind("start_day", commitment.startDay())
        .bind("end_day", commitment.endDay())
        .bind("source", commitment.source())
        .bind("author", commitment.author())
        .bind("now", now)
        .execute();
  }

  void remove(Handle handle, String id) {
    handle
        .createUpdate("delete from commitment where commitment_id = :id")
        .bind("id", id)
        .execute();
  }

  /** How many there are besides this one. */
  int others(Handle handle, String id) {
    return handle
        .createQuery("select count(*) from commitment where commitment_id <> :id")
        .bind("id", id)
        .mapTo(Integer.class)
        .one();
  }

  /**
   * The last to end first.
   *
   * @param provider empty for all
   */
  Page<Commitment.Use> list(Handle handle, String provider, PageRequest page) {
    List<Commitment.Use> uses =
        handle
            .createQuery(
                """
                select c.*, s.spent, s.unpriced
                from (
                  select * from commitment
                  where (:provider = '' or provider = :provider)
                    and (cast(:after as text) is null or (end_day, commitment_id) <
                      (select end_day, commitment_id from commitment where commitment_id = :after))
                  order by end_day desc, commitment_id desc limit :rows) c
                cross join lateral (
                  select coalesce(sum(r.employer), 0) as spent,
                    coalesce(sum(r.units) filter (where r.state = 'UNPRICED'), 0) as unpriced
                  from rollup r
                  where r.provider = c.provider
                    and r.quarter >= c.start_day::timestamp at time zone 'UTC'
                    and r.quarter < (c.end_day + 1)::timestamp at time zone 'UTC') s
                order by c.end_day desc, c.commitment_id desc
                """)
            .bind("provider", provider)
            .bind("after", page.after().orElse(null))
            .bind("rows", page.size() + 1)
            .map((row, _) -> use(row))
            .list();
    return Page.of(uses, page, use -> use.commitment().id());
  }

  private static Commitment.Use use(ResultSet row) throws SQLException {
    return new Commitment.Use(
        new Commitment(
            row.getString("commitment_id"),
            row.getString("provider"),
            new Amount(row.getString("currency"), row.getLong("amount_nanos")),
            row.getObject("start_day", LocalDate.class),
            row.getObject("end_day", LocalDate.class),
            row.getString("source"),
            row.getString("author")),
        row.getBigDecimal("spent").longValueExact(),
        row.getBigDecimal("unpriced").longValueExact());
  }
}
