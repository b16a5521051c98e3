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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reports of calls, as they were accepted. */
@Singleton
public final class EvidenceRepository {

  private static final String COLUMNS =
      """
      time_bucket, key_high, key_low, content_high, content_low, unit_id, signal, rank, reporter,
      tool, group_value, aliases, event_time, provider, model, quantities, service_tier, region,
      claimed_nanos, claims, hold_engineer, hold_id, hold_attempt, hold_settled, dimensions, flags
      """;

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
   * Stores reports. One that is there with a later event time gets the earlier: a resend may have
   * been observed, or clamped, later than the original.
   *
   * @param reports each (key, content) once, with the unit it belongs to
   */
  public void store(Handle handle, List<Placed> reports, Instant receivedAt) {
    ArrayNode rows = EvidenceCodec.array();
    reports.forEach(placed -> rows.add(EvidenceCodec.row(placed.evidence(), placed.unit())));
    handle
        .createUpdate(
            """
            insert into evidence (<columns>, received_at)
            select <columns>, :received_at
            from jsonb_to_recordset(cast(:rows as jsonb)) as r (
              time_bucket bigint, key_high bigint, key_low bigint, content_high bigint,
              content_low bigint, unit_id bigint, signal text, rank smallint, reporter text,
              tool text, group_value text, aliases jsonb, event_time timestamptz, provider text,
              model text, quantities jsonb, service_tier text, region text, claimed_nanos bigint,
              claims jsonb, hold_engineer text, hold_id text, hold_attempt integer,
              hold_settled bigint, dimensions jsonb, flags text[])
            on conflict (time_bucket, key_high, key_low, content_high, content_low)
              do update set event_time = excluded.event_time
              where evidence.event_time > excluded.event_time
            """)
        .define("columns", COLUMNS)
        .bind("rows", rows.toString())
        .bind("received_at", receivedAt)
        .execute();
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

  /** A report and the unit it belongs to. */
  public record Placed(Evidence evidence, long unit) {}
}
