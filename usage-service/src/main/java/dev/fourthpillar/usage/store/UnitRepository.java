package dev.fourthpillar.usage.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.fourthpillar.usage.evidence.Alias;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Units and the ids of their calls; what they are worth is none of its business. */
@Singleton
public final class UnitRepository {

  private static final CopyStore NAMES = new CopyStore("unit_alias", "provider, id, unit_id");

  /**
   * Locks units until the end of the transaction, in the order of their ids: the one order in which
   * every transaction locks units.
   *
   * @return the older unit that each proved to be, if any
   */
  public SortedMap<Long, OptionalLong> lock(Handle handle, Collection<Long> units) {
    SortedMap<Long, OptionalLong> locked = new TreeMap<>();
    handle
        .createQuery(
            """
            select id, merged_into from unit where id = any(:units) order by id for update
            """)
        .bindArray("units", Long.class, units)
        .map(
            (row, _) -> {
              long into = row.getLong("merged_into");
              boolean merged = !row.wasNull();
              return Map.entry(
                  row.getLong("id"), merged ? OptionalLong.of(into) : OptionalLong.empty());
            })
        .forEach(entry -> locked.put(entry.getKey(), entry.getValue()));
    return locked;
  }

  /** Makes units, in ascending order. */
  public List<Long> open(Handle handle, int count, Instant now) {
    return handle
        .createQuery(
            """
            with made as (
              insert into unit (id, created_at)
              select nextval('unit_id'), :now from generate_series(1, :count)
              returning id)
            select id from made order by id
            """)
        .bind("now", now)
        .bind("count", count)
        .mapTo(Long.class)
        .list();
  }

  /**
   * Moves evidence and ids of units to the older ones that they proved to be.
   *
   * @param into by younger unit; all of them locked
   */
  public void merge(Handle handle, SortedMap<Long, Long> into) {
    for (String move :
        List.of(
            "update unit set review = y.review from unit y join unnest(:younger, :older) m (younger, older)"
                + " on y.id = m.younger where unit.id = m.older and unit.review is null"
                + " and y.review is not null",
            "update unit set merged_into = m.older %s and unit.id = m.younger",
            "update evidence set unit_id = m.older %s and evidence.unit_id = m.younger",
            "update unit_alias set unit_id = m.older %s and unit_alias.unit_id = m.younger")) {
      handle
          .createUpdate(
              move.formatted("from unnest(:younger, :older) m (younger, older) where true"))
          .bindArray("younger", Long.class, into.keySet())
          .bindArray("older", Long.class, into.values())
          .execute();
    }
  }

  /**
   * Adds ids that the units do not have yet.
   *
   * @param units in the order of the ids, so that two transactions that add the same wait in a row
   * @throws CopyStore.AlreadyThere if one was given to a unit in the meantime
   */
  public void name(Handle handle, SortedMap<Alias, Long> units) {
    ArrayNode rows = EvidenceCodec.array();
    units.forEach(
        (alias, unit) ->
            rows.addObject()
                .put("provider", alias.provider())
                .put("id", alias.id())
                .put("unit_id", unit));
    NAMES.write(handle, rows);
  }
}
