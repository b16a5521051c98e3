package dev.fourthpillar.usage.daily;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Usage that is nobody's or has no price, by day, and what was told of it. */
@Singleton
final class OpenUsageRepository {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What was not told yet, in order; from now on it is told, if the transaction is committed. Of
   * two replicas at the same time the later one waits and is given nothing.
   *
   * @param from the first day
   * @param until the first day that is not over
   */
  List<OpenUsage> tell(
      Handle handle,
      OpenUsage.State state,
      LocalDate from,
      LocalDate until,
      Instant now,
      int atMost) {
    return handle
        .createQuery(
            """
            with sums as (
              select (quarter at time zone 'UTC')::date as day, tool,
                     case when :by_model then provider else '' end as provider,
                     case when :by_model then model else '' end as model,
                     meter, sum(units) as units, sum(quantity) as quantity, sum(list) as list,
                     max(currency) as currency
              from rollup
              where state = :state
                and quarter >= (cast(:from as date))::timestamp at time zone 'UTC'
                and quarter < (cast(:until as date))::timestamp at time zone 'UTC'
              group by 1, 2, 3, 4, 5),
            days as (
              select day, tool, provider, model, sum(units) as units, sum(list) as list,
                     max(currency) as currency,
                     coalesce(
                       jsonb_object_agg(meter, quantity)
                         filter (where meter <> '' and quantity <> 0), '{}')::text as quantities,
                     encode(
                       sha256(convert_to(jsonb_build_array(tool, provider, model)::text, 'UTF8')),
                       'hex') as key
              from sums group by day, tool, provider, model having sum(units) > 0),
            fresh as (
              insert into open_usage_told (day, state, key, told_at)
              select day, :state, key, :now from days d
              where not exists (
                select 1 from open_usage_told t
                where t.day = d.day and t.state = :state and t.key = d.key)
              order by day, key limit :rows
              on conflict do nothing
              returning day, key)
            select days.* from days join fresh using (day, key)
            order by day, tool, provider, model
            """)
        .bind("state", state.name())
        .bind("by_model", state == OpenUsage.State.UNPRICED)
        .bind("from", from)
        .bind("until", until)
        .bind("now", now)
        .bind("rows", atMost)
        .map((row, _) -> usage(row))
        .list();
  }

  /**
   * How many calls are open now.
   *
   * @param unmatched those that found no hold and wait for a decision
   */
  record Counts(long unattributed, long unpriced, long unmatched) {}

  Counts counts(Handle handle) {
    return handle
        .createQuery(
            """
            select
              (select coalesce(sum(units), 0) from rollup_sum where state = 'UNATTRIBUTED')
                as unattributed,
              (select coalesce(sum(units), 0) from rollup_sum where state = 'UNPRICED')
                as unpriced,
              (select count(*) from unit_value
               where state = 'WAITING' and flags @> '["AWAITS_REVIEW"]') as unmatched
            """)
        .map(
            (row, _) ->
                new Counts(
                    row.getLong("unattributed"), row.getLong("unpriced"), row.getLong("unmatched")))
        .one();
  }

  /** Forgets days of which nothing is told any more. */
  void forget(Handle handle, LocalDate before) {
    handle
        .createUpdate("delete from open_usage_told where day < :before")
        .bind("before", before)
        .execute();
  }

  private static OpenUsage usage(ResultSet row) throws SQLException {
    return new OpenUsage(
        row.getObject("day", LocalDate.class),
        row.getString("tool"),
        row.getString("provider"),
        row.getString("model"),
        row.getLong("units"),
        row.getString("currency"),
        row.getBigDecimal("list").toBigIntegerExact(),
        quantities(row.getString("quantities")));
  }

  private static SortedMap<String, BigInteger> quantities(String json) {
    SortedMap<String, BigInteger> quantities = new TreeMap<>();
    try {
      JSON.readTree(json)
          .properties()
          .forEach(count -> quantities.put(count.getKey(), count.getValue().bigIntegerValue()));
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("the database's own document is no JSON", broken);
    }
    return quantities;
  }
}
