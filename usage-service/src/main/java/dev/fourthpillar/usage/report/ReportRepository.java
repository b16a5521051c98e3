package dev.fourthpillar.usage.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What reports say, the latest word on each day, model and key; and what was counted beside it. */
@Singleton
final class ReportRepository {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Lines of one statement. */
  private static final int CHUNK = 5_000;

  /** A report as it came. */
  record Imported(ReportFormat format, String source, String author, Instant at) {}

  void put(Handle handle, Imported imported, Report report) {
    long id =
        handle
            .createQuery(
                """
                insert into report (format, source, author, imported_at, row_count, rejected)
                values (:format, :source, :author, :at, :rows, :rejected)
                returning report_id
                """)
            .bind("format", imported.format().name())
            .bind("source", imported.source())
            .bind("author", imported.author())
            .bind("at", imported.at())
            .bind("rows", report.rows())
            .bind("rejected", report.rejected())
            .mapTo(Long.class)
            .one();
    List<ReportRow> lines = report.lines();
    for (int from = 0; from < lines.size(); from += CHUNK) {
      put(handle, id, imported.format(), lines.subList(from, Math.min(lines.size(), from + CHUNK)));
    }
  }

  private static void put(Handle handle, long id, ReportFormat format, List<ReportRow> lines) {
    ArrayNode rows = JSON.createArrayNode();
    for (ReportRow line : lines) {
      ObjectNode row = rows.addObject();
      row.put("format", format.name());
      row.put("day", line.key().day().toString());
      row.put("last_day", line.key().lastDay().toString());
      row.put("provider", line.key().provider());
      row.put("model", line.key().model());
      row.put("key", line.key().key());
      ObjectNode meters = row.putObject("meters");
      line.meters().forEach(meters::put);
      row.put("currency", line.cost().map(ReportRow.Cost::currency).orElse(null));
      row.put("amount_nanos", line.cost().map(ReportRow.Cost::nanos).orElse(null));
      row.put("report_id", id);
    }
    handle
        .createUpdate(
            """
            insert into report_line
            select * from jsonb_populate_recordset(null::report_line, cast(:rows as jsonb))
            on conflict (format, day, last_day, provider, model, key) do update
            set meters = excluded.meters, currency = excluded.currency,
                amount_nanos = excluded.amount_nanos, report_id = excluded.report_id
            """)
        .bind("rows", rows.toString())
        .execute();
  }

  /** A line of a report of some format, or the sum over its keys. */
  record Line(ReportFormat format, ReportRow row) {}

  /**
   * Lines by day, format, provider, model and key; the sum over all keys of a model is the one with
   * an empty key.
   *
   * @param after the place of the line before: see {@link #place}
   */
  List<Line> lines(
      Handle handle,
      LocalDate from,
      LocalDate to,
      Optional<String> provider,
      Optional<String> after,
      int atMost) {
    return handle
        .createQuery(
            """
            with said as (
              select * from report_line
              where day >= :from and day <= :to
                and (cast(:provider as text) is null or provider = :provider)),
            sums as (
              select format, day, last_day, provider, model, '' as key,
                     coalesce((
                       select jsonb_object_agg(meter, quantity) from (
                         select m.meter, sum(m.quantity::numeric) as quantity
                         from said k cross join lateral jsonb_each_text(k.meters)
                           m (meter, quantity)
                         where (k.format, k.day, k.last_day, k.provider, k.model)
                           = (s.format, s.day, s.last_day, s.provider, s.model)
                         group by m.meter) each_meter), '{}') as meters,
                     max(currency) as currency, sum(amount_nanos) as amount_nanos
              from said s where key <> ''
                and not exists (
                  select 1 from said own where own.key = ''
                    and (own.format, own.day, own.last_day, own.provider, own.model)
                      = (s.format, s.day, s.last_day, s.provider, s.model))
              group by format, day, last_day, provider, model),
            lines as (
              select format, day, last_day, provider, model, key, meters, currency, amount_nanos
              from said
              union all select * from sums)
            select * from lines
            where cast(:after as jsonb) is null
              or jsonb_build_array(day, format, provider, model, key, last_day)
                > cast(:after as jsonb)
            order by jsonb_build_array(day, format, provider, model, key, last_day)
            limit :rows
            """)
        .bind("from", from)
        .bind("to", to)
        .bind("provider", provider.orElse(null))
        .bind("after", after.orElse(null))
        .bind("rows", atMost)
        .map((row, _) -> line(row))
        .list();
  }

  /** Where a line stands in the list. */
  static String place(Line line) {
    ReportRow.Key key = line.row().key();
    return JSON.createArrayNode()
        .add(key.day().toString())
        .add(line.format().name())
        .add(key.provider())
        .add(key.model())
        .add(key.key())
        .add(key.lastDay().toString())
        .toString();
  }

  /**
   * What was counted of a model on some days.
   *
   * @param subject absent for everybody
   * @param model empty for all
   */
  SortedMap<String, Counted> counted(
      Handle handle, ReportRow.Key days, Optional<String> subject, String provider, String model) {
    SortedMap<String, Counted> counted = new TreeMap<>();
    handle
        .createQuery(
            """
            select meter, sum(quantity) as quantity, sum(employer) as employer,
                   max(currency) as currency
            from rollup
            where quarter >= (cast(:day as date))::timestamp at time zone 'UTC'
              and quarter < (cast(:last as date) + 1)::timestamp at time zone 'UTC'
              and (cast(:subject as text) is null or subject = :subject)
              and provider = :provider and (:model = '' or model = :model)
            group by meter
            """)
        .bind("day", days.day())
        .bind("last", days.lastDay())
        .bind("subject", subject.orElse(null))
        .bind("provider", provider)
        .bind("model", model)
        .map(
            (row, _) ->
                counted.put(
                    row.getString("meter"),
                    new Counted(
                        row.getBigDecimal("quantity").toBigIntegerExact(),
                        row.getBigDecimal("employer").toBigIntegerExact(),
                        row.getString("currency"))))
        .list();
    return counted;
  }

  /** One meter, and what it cost the employer. */
  record Counted(BigInteger quantity, BigInteger employerNanos, String currency) {}

  private static Line line(ResultSet row) throws SQLException {
    SortedMap<String, BigInteger> meters = new TreeMap<>();
    try {
      JSON.readTree(row.getString("meters"))
          .properties()
          .forEach(meter -> meters.put(meter.getKey(), meter.getValue().bigIntegerValue()));
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("a stored document is no JSON", broken);
    }
    BigDecimal amount = row.getBigDecimal("amount_nanos");
    return new Line(
        ReportFormat.valueOf(row.getString("format")),
        new ReportRow(
            new ReportRow.Key(
                row.getObject("day", LocalDate.class),
                row.getObject("last_day", LocalDate.class),
                row.getString("provider"),
                row.getString("model"),
                row.getString("key")),
            meters,
            amount == null
                ? Optional.empty()
                : Optional.of(
                    new ReportRow.Cost(row.getString("currency"), amount.toBigIntegerExact()))));
  }
}
