package dev.fourthpillar.usage.unmatched;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Usage that found no hold and waits for a decision. */
@Singleton
final class UnmatchedUsageRepository {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String WAITS =
      """
      state = 'WAITING' and flags @> '["AWAITS_REVIEW"]'
        and (cast(:engineer as text) is null or subject = :engineer)
        and (cast(:tool as text) is null or tool = :tool)
      """;

  /**
   * A call that waits for a decision.
   *
   * @param quantities by meter code
   * @param listNanos with a currency only
   */
  record Waiting(
      long unit,
      Optional<String> subject,
      String tool,
      Instant eventTime,
      String provider,
      String model,
      SortedMap<String, Long> quantities,
      Optional<String> currency,
      long listNanos) {}

  Page<Waiting> list(
      Handle handle, Optional<String> engineer, Optional<String> tool, PageRequest page) {
    List<Waiting> waiting =
        handle
            .createQuery(
                "select * from unit_value where "
                    + WAITS
                    + " and unit_id > :after order by unit_id limit :rows")
            .bind("engineer", engineer.orElse(null))
            .bind("tool", tool.orElse(null))
            .bind("after", page.after().map(Long::parseLong).orElse(0L))
            .bind("rows", page.size() + 1)
            .map((row, _) -> waiting(row))
            .list();
    return Page.of(waiting, page, one -> Long.toString(one.unit()));
  }

  /** Those that wait and fit, in the order of their ids. */
  List<Long> find(
      Handle handle,
      Optional<String> engineer,
      Optional<String> tool,
      Optional<Instant> before,
      int atMost) {
    return handle
        .createQuery(
            "select unit_id from unit_value where "
                + WAITS
                + """
                 and (cast(:before as timestamptz) is null or event_time < :before)
                order by unit_id limit :rows
                """)
        .bind("engineer", engineer.orElse(null))
        .bind("tool", tool.orElse(null))
        .bind("before", before.orElse(null))
        .bind("rows", atMost)
        .mapTo(Long.class)
        .list();
  }

  /** Those of these calls that wait. Lock their units first. */
  List<Long> waiting(Handle handle, Collection<Long> units) {
    return handle
        .createQuery(
            """
            select unit_id from unit_value
            where unit_id = any(:units) and state = 'WAITING' and flags @> '["AWAITS_REVIEW"]'
            order by unit_id
            """)
        .bindArray("units", Long.class, units)
        .mapTo(Long.class)
        .list();
  }

  void decide(Handle handle, Collection<Long> units, Review review) {
    handle
        .createUpdate("update unit set review = :review where id = any(:units)")
        .bind("review", review.name())
        .bindArray("units", Long.class, units)
        .execute();
  }

  private static Waiting waiting(ResultSet row) throws SQLException {
    SortedMap<String, Long> quantities = new TreeMap<>();
    try {
      JSON.readTree(row.getString("meters"))
          .properties()
          .forEach(meter -> quantities.put(meter.getKey(), meter.getValue().get(0).longValue()));
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("a stored document is no JSON", broken);
    }
    return new Waiting(
        row.getLong("unit_id"),
        Optional.ofNullable(row.getString("subject")),
        row.getString("tool"),
        row.getTimestamp("event_time").toInstant(),
        row.getString("provider"),
        row.getString("model"),
        quantities,
        Optional.ofNullable(row.getString("currency")),
        row.getLong("list_nanos"));
  }
}
