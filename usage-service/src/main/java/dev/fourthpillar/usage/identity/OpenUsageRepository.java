package dev.fourthpillar.usage.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Usage that is nobody's, or has no price. */
@Singleton
final class OpenUsageRepository {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Usage of one tool that claims the same. */
  record Unattributed(String tool, List<String> claims, long units, Instant first, Instant last) {}

  /** Usage of one day and model without a price. */
  record Unpriced(
      String tool,
      LocalDate day,
      String provider,
      String model,
      long units,
      SortedMap<String, Long> quantities) {}

  List<Unattributed> unattributed(Handle handle, int atMost) {
    return handle
        .createQuery(
            """
            select tool, claims::text as claims, count(*) as units, min(event_time) as first,
                   max(event_time) as last
            from unit_value where state = 'UNATTRIBUTED'
            group by tool, claims order by units desc, tool, claims limit :rows
            """)
        .bind("rows", atMost)
        .map(
            (row, _) ->
                new Unattributed(
                    row.getString("tool"),
                    claims(row.getString("claims")),
                    row.getLong("units"),
                    row.getTimestamp("first").toInstant(),
                    row.getTimestamp("last").toInstant()))
        .list();
  }

  List<Unpriced> unpriced(Handle handle, int atMost) {
    List<Unpriced> groups =
        handle
            .createQuery(
                """
                select tool, (quarter at time zone 'UTC')::date as day, provider, model,
                       sum(units) as units
                from rollup where state = 'UNPRICED'
                group by tool, day, provider, model having sum(units) > 0
                order by day desc, tool, provider, model limit :rows
                """)
            .bind("rows", atMost)
            .map(
                (row, _) ->
                    new Unpriced(
                        row.getString("tool"),
                        row.getDate("day").toLocalDate(),
                        row.getString("provider"),
                        row.getString("model"),
                        row.getLong("units"),
                        new TreeMap<>()))
            .list();
    groups.forEach(group -> quantities(handle, group));
    return groups;
  }

  private static void quantities(Handle handle, Unpriced group) {
    handle
        .createQuery(
            """
            select meter, sum(quantity) as quantity from rollup
            where state = 'UNPRICED' and tool = :tool and provider = :provider and model = :model
              and quarter >= :day::date::timestamp at time zone 'UTC'
              and quarter < (:day::date + 1)::timestamp at time zone 'UTC' and meter <> ''
            group by meter having sum(quantity) <> 0
            """)
        .bind("tool", group.tool())
        .bind("provider", group.provider())
        .bind("model", group.model())
        .bind("day", group.day().toString())
        .map(
            (row, _) ->
                group
                    .quantities()
                    .put(row.getString("meter"), saturated(row.getBigDecimal("quantity"))))
        .list();
  }

  private static long saturated(BigDecimal quantity) {
    return quantity.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
  }

  private static List<String> claims(String json) {
    try {
      List<String> claims = new ArrayList<>();
      JSON.readTree(json).forEach(claim -> claims.add(claim.textValue()));
      return claims;
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("stored claims are no JSON", broken);
    }
  }
}
