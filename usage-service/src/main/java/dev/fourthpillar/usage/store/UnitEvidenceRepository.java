package dev.fourthpillar.usage.store;

import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.SeriesPoint;
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
  private final SeriesRepository series = new SeriesRepository();

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
    List<UnitEvidence> read =
        handle
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
    return withRunsBefore(handle, read);
  }

  /**
   * A window's runs may have begun before it. One question for all windows: a run has points in
   * several, so that what is before one of them is asked for by its first point there.
   */
  private List<UnitEvidence> withRunsBefore(Handle handle, List<UnitEvidence> read) {
    Map<Long, Map<SeriesPoint.Run, SeriesPoint>> firsts = new HashMap<>();
    for (UnitEvidence unit : read) {
      for (Evidence report : unit.evidence()) {
        report
            .point()
            .filter(SeriesPoint::cumulative)
            .ifPresent(
                point ->
                    firsts
                        .computeIfAbsent(unit.unit(), _ -> new HashMap<>())
                        .merge(point.run(), point, UnitEvidenceRepository::earlier));
      }
    }
    if (firsts.isEmpty()) {
      return read;
    }
    Map<SeriesPoint, Long> before =
        series.before(
            handle,
            firsts.values().stream().flatMap(runs -> runs.values().stream()).distinct().toList());
    return read.stream()
        .map(
            unit -> {
              Map<SeriesPoint.Run, Long> runs = new HashMap<>();
              firsts
                  .getOrDefault(unit.unit(), Map.of())
                  .forEach(
                      (run, point) -> {
                        Long value = before.get(point);
                        if (value != null) {
                          runs.put(run, value);
                        }
                      });
              return new UnitEvidence(unit.unit(), unit.mergedInto(), unit.evidence(), runs);
            })
        .toList();
  }

  private static SeriesPoint earlier(SeriesPoint left, SeriesPoint right) {
    return right.timeNanos() < left.timeNanos() ? right : left;
  }
}
