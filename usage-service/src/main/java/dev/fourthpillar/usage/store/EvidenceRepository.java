package dev.fourthpillar.usage.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.evidence.Fingerprint;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Reports of calls, as they were accepted. */
@Singleton
public final class EvidenceRepository {

  private static final String COLUMNS =
      """
      time_bucket, key_high, key_low, ordinal, content_high, content_low, unit_id, signal, rank, reporter,
      tool, group_value, aliases, event_time, provider, model, quantities, service_tier, region,
      claimed_nanos, claims, hold_engineer, hold_id, hold_attempt, hold_settled, dimensions, flags,
      series_high, series_low, point_start, point_time, point_cumulative, point_kind, point_value,
      span_self, span_parent, received_at
      """;

  private static final CopyStore ROWS = new CopyStore("evidence", COLUMNS);

  /** What is stored of these keys and aliases. */
  public KnownEvidence find(
      Handle handle, Collection<EvidenceKey> keys, Collection<Alias> aliases) {
    Map<EvidenceKey, Map<Fingerprint, Instant>> versions = new HashMap<>();
    Map<EvidenceKey, Long> unitOfKey = new HashMap<>();
    handle
        .createQuery(
            """
            select e.time_bucket, e.key_high, e.key_low, e.content_high, e.content_low, e.unit_id,
              e.event_time
            from unnest(:buckets, :highs, :lows) k (bucket, high, low)
            join evidence e
              on e.time_bucket = k.bucket and e.key_high = k.high and e.key_low = k.low
            """)
        .bindArray("buckets", Long.class, keys.stream().map(EvidenceKey::bucket).toList())
        .bindArray("highs", Long.class, keys.stream().map(key -> key.hash().high()).toList())
        .bindArray("lows", Long.class, keys.stream().map(key -> key.hash().low()).toList())
        .map(
            (row, _) -> {
              EvidenceKey key =
                  new EvidenceKey(
                      row.getLong("time_bucket"),
                      new Fingerprint(row.getLong("key_high"), row.getLong("key_low")));
              unitOfKey.put(key, row.getLong("unit_id"));
              versions
                  .computeIfAbsent(key, _ -> new HashMap<>())
                  .put(
                      new Fingerprint(row.getLong("content_high"), row.getLong("content_low")),
                      row.getTimestamp("event_time").toInstant());
              return key;
            })
        .list();
    return new KnownEvidence(versions, unitOfKey, unitsOf(handle, aliases));
  }

  private static Map<Alias, Long> unitsOf(Handle handle, Collection<Alias> aliases) {
    Map<Alias, Long> units = new HashMap<>();
    if (!aliases.isEmpty()) {
      handle
          .createQuery(
              """
              select a.provider, a.id, a.unit_id
              from unnest(:providers, :ids) k (provider, id)
              join unit_alias a on a.provider = k.provider and a.id = k.id
              """)
          .bindArray("providers", String.class, aliases.stream().map(Alias::provider).toList())
          .bindArray("ids", String.class, aliases.stream().map(Alias::id).toList())
          .map(
              (row, _) ->
                  Map.entry(
                      new Alias(row.getString("provider"), row.getString("id")),
                      row.getLong("unit_id")))
          .forEach(entry -> units.put(entry.getKey(), entry.getValue()));
    }
    return units;
  }

  /**
   * Stores reports whose content is new.
   *
   * @param reports with the unit that each belongs to
   * @throws CopyStore.AlreadyThere if a report of one of the keys came in the meantime
   */
  public void store(Handle handle, List<Placed> reports, Instant receivedAt) {
    ArrayNode rows = EvidenceCodec.array();
    // In one order, because two transactions that store the same key wait for each other here.
    reports.stream()
        .sorted(
            Comparator.comparing((Placed placed) -> placed.evidence().key())
                .thenComparing(Placed::ordinal))
        .forEach(
            placed ->
                rows.add(
                    EvidenceCodec.row(placed.evidence(), placed.unit(), placed.ordinal())
                        .put("received_at", receivedAt.toString())));
    ROWS.write(handle, rows);
  }

  /**
   * Gives known contents an earlier time: a resend may have been observed, or clamped, later.
   *
   * @param reports each (key, content) once
   */
  public void retime(Handle handle, List<Evidence> reports) {
    handle
        .createUpdate(
            """
            update evidence e set event_time = r.event_time
            from unnest(:buckets, :key_highs, :key_lows, :content_highs, :content_lows,
                cast(:times as timestamptz[]))
              r (bucket, key_high, key_low, content_high, content_low, event_time)
            where e.time_bucket = r.bucket and e.key_high = r.key_high and e.key_low = r.key_low
              and e.content_high = r.content_high and e.content_low = r.content_low
              and e.event_time > r.event_time
            """)
        .bindArray("buckets", Long.class, each(reports, one -> one.key().bucket()))
        .bindArray("key_highs", Long.class, each(reports, one -> one.key().hash().high()))
        .bindArray("key_lows", Long.class, each(reports, one -> one.key().hash().low()))
        .bindArray("content_highs", Long.class, each(reports, one -> one.content().high()))
        .bindArray("content_lows", Long.class, each(reports, one -> one.content().low()))
        .bindArray("times", String.class, each(reports, one -> one.eventTime().toString()))
        .execute();
  }

  private static <T> List<T> each(List<Evidence> reports, Function<Evidence, T> column) {
    return reports.stream().map(column).toList();
  }

  /** Makes room for the weeks around now, and drops what is older than the window. */
  public void keepWeeks(Handle handle, Instant now, Duration window) {
    handle
        .createQuery("select evidence_weeks(:bucket, :hours)")
        .bind("bucket", Math.floorDiv(now.getEpochSecond(), EvidenceKey.BUCKET.toSeconds()))
        .bind("hours", window.toHours())
        .mapTo(String.class)
        .list();
  }

  /**
   * A report and the unit it belongs to.
   *
   * @param ordinal how many contents its key had before: what makes two transactions that bring a
   *     key at the same time meet
   */
  public record Placed(Evidence evidence, long unit, int ordinal) {}
}
