package dev.fourthpillar.usage.normalise;

import static java.util.Objects.requireNonNull;

import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.Fingerprint;
import dev.fourthpillar.usage.telemetry.IgnoreReason;
import dev.fourthpillar.usage.telemetry.Telemetry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What a record turned out to say. Every record becomes exactly one of these, so nothing is lost in
 * silence.
 */
public sealed interface Reading {

  /** A model call, by the signal that counts. */
  record Counted(Evidence evidence) implements Reading {
    public Counted {
      requireNonNull(evidence);
    }
  }

  /**
   * The same call by another signal: corroborates, adds ids, and stands in where the counted signal
   * is absent.
   */
  record Lower(Evidence evidence) implements Reading {
    public Lower {
      requireNonNull(evidence);
    }
  }

  record Ignored(IgnoreReason reason) implements Reading {
    public Ignored {
      requireNonNull(reason);
    }
  }

  /**
   * @param field the attribute at fault, or empty where it is the whole record
   */
  record Rejected(RejectReason reason, String field, Telemetry record) implements Reading {
    public Rejected {
      requireNonNull(reason);
      requireNonNull(field);
      requireNonNull(record);
    }

    /** The same for every resend of the same record: what is rejected twice is kept once. */
    public Fingerprint fingerprint() {
      List<String> fields = new ArrayList<>();
      fields.add(record.tool().id());
      fields.add(record.name());
      fields.add(record instanceof Telemetry.Point point ? point.series() : "");
      fields.add(
          record.time().observedOnly()
              ? ""
              : record.time().own().map(Instant::toString).orElse(""));
      new TreeMap<>(record.attributes().values())
          .forEach(
              (key, value) -> {
                fields.add(key);
                fields.add(value.text());
              });
      return Fingerprint.of(fields);
    }
  }
}
