package dev.fourthpillar.budget.fx;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The quotes comp-service has published. */
@Singleton
final class FxRepository {

  /** Keeps the quote. One that is there already stays as it is: what was converted names it. */
  boolean insert(Handle handle, Quote quote) {
    return handle
            .createUpdate(
                """
                insert into fx_rate (source_currency, target_currency, day, version, fx_rate_id, rate)
                values (:source, :target, :day, :version, :id, :rate)
                on conflict do nothing
                """)
            .bind("source", quote.source())
            .bind("target", quote.target())
            .bind("day", quote.date())
            .bind("version", quote.version())
            .bind("id", quote.id())
            .bind("rate", quote.rate())
            .execute()
        == 1;
  }

  /** The latest quote of the pair between these days, both included. */
  Optional<Quote> latest(
      Handle handle, String source, String target, LocalDate from, LocalDate until) {
    return handle
        .createQuery(
            """
            select source_currency, target_currency, day, version, fx_rate_id, rate
            from fx_rate
            where source_currency = :source and target_currency = :target
              and day between :from and :until
            order by day desc, version desc
            limit 1
            """)
        .bind("source", source)
        .bind("target", target)
        .bind("from", from)
        .bind("until", until)
        .map((row, _) -> quote(row))
        .findOne();
  }

  /**
   * The first day from {@code from} until {@code until} for which the pair, either way, is quoted.
   */
  Optional<LocalDate> firstDay(
      Handle handle, String one, String other, LocalDate from, LocalDate until) {
    return handle
        .createQuery(
            """
            select min(day)
            from fx_rate
            where (source_currency, target_currency) in ((:one, :other), (:other, :one))
              and day between :from and :until
            """)
        .bind("one", one)
        .bind("other", other)
        .bind("from", from)
        .bind("until", until)
        .mapTo(LocalDate.class)
        .findOne();
  }

  private static Quote quote(ResultSet row) throws SQLException {
    return new Quote(
        row.getString("fx_rate_id"),
        row.getString("source_currency"),
        row.getString("target_currency"),
        row.getBigDecimal("rate"),
        row.getObject("day", LocalDate.class),
        row.getLong("version"));
  }
}
