package dev.fourthpillar.usage.store;

import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.unit.UnitEvidence;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** Units with everything that is known of them. */
@Singleton
public final class UnitEvidenceRepository {

  /** The units in the order of their ids. Lock them first if anything is decided on it. */
  public List<UnitEvidence> of(Handle handle, Collection<Long> units) {
    if (units.isEmpty()) {
      return List.of();
    }
    Map<Long, List<Evidence>> evidence = new HashMap<>();
    handle
        .createQuery(
            """
            select * from evidence where unit_id = any(:units)
            order by time_bucket, key_high, key_low, content_high, content_low
            """)
        .bindArray("units", Long.class, units)
        .map((row, _) -> Map.entry(row.getLong("unit_id"), EvidenceCodec.evidence(row)))
        .forEach(
            entry ->
                evidence
                    .computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
                    .add(entry.getValue()));
    return handle
        .createQuery("select id, merged_into from unit where id = any(:units) order by id")
        .bindArray("units", Long.class, units)
        .map(
            (row, _) -> {
              long id = row.getLong("id");
              long into = row.getLong("merged_into");
              OptionalLong mergedInto =
                  row.wasNull() ? OptionalLong.empty() : OptionalLong.of(into);
              return new UnitEvidence(id, mergedInto, evidence.getOrDefault(id, List.of()));
            })
        .list();
  }
}
