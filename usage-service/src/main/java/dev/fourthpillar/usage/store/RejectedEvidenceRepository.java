package dev.fourthpillar.usage.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.Fingerprint;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What was said and can never count, with the reason. Each once, however often it is resent. */
@Singleton
public final class RejectedEvidenceRepository {

  /** Another content under an id whose first content stands. */
  public static final String CONFLICT = "CONFLICT";

  /** Keeps what came under used ids of clients of our own API. */
  public void conflicts(Handle handle, List<Evidence> reports, Instant receivedAt) {
    store(handle, reports.stream().map(one -> Rejected.of(one, CONFLICT)).toList(), receivedAt);
  }

  /** Keeps them; one that is there is counted. */
  public void store(Handle handle, List<Rejected> rejected, Instant receivedAt) {
    if (rejected.isEmpty()) {
      return;
    }
    // One statement may not meet the same row twice.
    Map<Fingerprint, Rejected> once = new LinkedHashMap<>();
    rejected.forEach(one -> once.putIfAbsent(one.fingerprint(), one));
    ArrayNode rows = EvidenceCodec.array();
    once.values().forEach(one -> rows.add(row(one)));
    handle
        .createUpdate(
            """
            insert into rejected_evidence (fingerprint_high, fingerprint_low, reason, field, tool,
              name, own_time, attributes, first_received, last_received, times)
            select high, low, reason, field, tool, name, own_time, attributes, :now, :now, 1
            from jsonb_to_recordset(cast(:rows as jsonb)) as r (
              high bigint, low bigint, reason text, field text, tool text, name text,
              own_time text, attributes jsonb)
            order by high, low
            on conflict (fingerprint_high, fingerprint_low)
              do update set last_received = excluded.last_received,
                times = rejected_evidence.times + 1
            """)
        .bind("rows", rows.toString())
        .bind("now", receivedAt)
        .execute();
  }

  private static ObjectNode row(Rejected rejected) {
    ObjectNode row = EvidenceCodec.object();
    row.put("high", rejected.fingerprint().high());
    row.put("low", rejected.fingerprint().low());
    row.put("reason", rejected.reason());
    row.put("field", rejected.field());
    row.put("tool", rejected.tool());
    row.put("name", rejected.name());
    row.put("own_time", rejected.ownTime().orElse(null));
    ObjectNode attributes = row.putObject("attributes");
    rejected.attributes().forEach(attributes::put);
    return row;
  }

  /** Forgets what nobody has sent for so long. */
  public void forget(Handle handle, Instant now, Duration kept) {
    handle
        .createUpdate("delete from rejected_evidence where last_received < :before")
        .bind("before", now.minus(kept))
        .execute();
  }

  /**
   * @param field at fault, or empty
   * @param name of the event, metric or span, or of the RPC
   * @param attributes what it said, free of content
   */
  public record Rejected(
      Fingerprint fingerprint,
      String reason,
      String field,
      String tool,
      String name,
      Optional<String> ownTime,
      Map<String, String> attributes) {
    /** What a report said, besides its meters by their codes. */
    public static final String MODEL = "model";

    public static final String PROVIDER = "provider";

    /** The client's subject and the id it chose. */
    public static final String USAGE_ID = "usage_id";

    public Rejected {
      attributes = Map.copyOf(attributes);
    }

    /** A report that is not to count after all. */
    public static Rejected of(Evidence report, String reason) {
      Map<String, String> attributes = new LinkedHashMap<>();
      report.quantities().counts().forEach((m, n) -> attributes.put(m.code(), Long.toString(n)));
      report.model().ifPresent(model -> attributes.put(MODEL, model));
      attributes.put(PROVIDER, report.provider());
      report.aliases().stream()
          .filter(Alias::isUsage)
          .forEach(alias -> attributes.put(USAGE_ID, alias.id()));
      return new Rejected(
          report.content(),
          reason,
          "",
          report.tool(),
          report.signal().id(),
          Optional.of(report.eventTime().toString()),
          attributes);
    }
  }
}
