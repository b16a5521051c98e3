package dev.fourthpillar.usage.settle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.fourthpillar.usage.store.CopyStore;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What units are worth. Whoever writes has locked the units. */
@Singleton
public final class ValueRepository {

  private static final String COLUMNS =
      """
      unit_id, state, revision, event_time, subject, payer, pseudonymous, provider, model,
      reported_model, resolution, tool, project, agent, agent_id, parent_agent, sub_agent, session,
      turn, tags, meters, currency, list_nanos, employer_nanos, hold_id, attempt, booked_list,
      booked_employer, booked_quantities, flags, claims, stand_in_group, first_received
      """;

  private static final CopyStore ROWS = new CopyStore("unit_value", COLUMNS);

  Map<Long, UnitValue> find(Handle handle, Collection<Long> units) {
    Map<Long, UnitValue> values = new HashMap<>();
    if (units.isEmpty()) {
      return values;
    }
    handle
        .createQuery("select * from unit_value where unit_id = any(:units)")
        .bindArray("units", Long.class, units)
        .map((row, _) -> ValueCodec.value(row))
        .forEach(value -> values.put(value.unit(), value));
    return values;
  }

  Map<Long, Instant> firstReceived(Handle handle, Collection<Long> units) {
    Map<Long, Instant> received = new HashMap<>();
    if (units.isEmpty()) {
      return received;
    }
    handle
        .createQuery("select id, created_at from unit where id = any(:units)")
        .bindArray("units", Long.class, units)
        .map((row, _) -> Map.entry(row.getLong("id"), row.getTimestamp("created_at").toInstant()))
        .forEach(entry -> received.put(entry.getKey(), entry.getValue()));
    return received;
  }

  void put(Handle handle, List<UnitValue> values) {
    if (values.isEmpty()) {
      return;
    }
    ArrayNode opened = ValueCodec.array();
    ArrayNode rows = ValueCodec.array();
    values.forEach(value -> (value.revision() == 1 ? opened : rows).add(ValueCodec.row(value)));
    if (!opened.isEmpty()) {
      ROWS.write(handle, opened);
    }
    if (rows.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            insert into unit_value (<columns>)
            select <columns>
            from jsonb_populate_recordset(null::unit_value, cast(:rows as jsonb))
            on conflict (unit_id) do update
            set (<columns>) = row (<excluded>)
            """)
        .define("columns", COLUMNS)
        .define("excluded", "excluded." + COLUMNS.strip().replaceAll(",\\s*", ", excluded."))
        .bind("rows", rows.toString())
        .execute();
  }

  /** A unit of lower signals, its group and its time. */
  record LowerUnit(long unit, String tool, String group, Instant eventTime) {}

  /** Those around whose time their group has a counted report. */
  Set<Long> covered(Handle handle, List<LowerUnit> lower) {
    if (lower.isEmpty()) {
      return Set.of();
    }
    return handle
        .createQuery(
            """
            select l.unit_id
            from unnest(:units, :groups, cast(:times as timestamptz[])) l (unit_id, grp, event_time)
            where exists (
              select 1 from evidence e
              where e.rank = 1 and hashtextextended(e.tool || '/' || e.group_value, 0)
                  = hashtextextended(l.grp, 0)
                and e.tool || '/' || e.group_value = l.grp
                and e.event_time >= l.event_time - interval '1 hour'
                and e.event_time <= l.event_time + interval '1 hour')
            """)
        .bindArray("units", Long.class, lower.stream().map(LowerUnit::unit).toList())
        .bindArray(
            "groups", String.class, lower.stream().map(l -> l.tool() + "/" + l.group()).toList())
        .bindArray(
            "times", String.class, lower.stream().map(l -> l.eventTime().toString()).toList())
        .mapTo(Long.class)
        .set();
  }

  /** A group that has a counted report at a time. */
  record Covering(long group, Instant eventTime) {}

  /** Units of lower signals that a counted report now covers. */
  List<Long> standIns(Handle handle, Set<Covering> covering) {
    if (covering.isEmpty()) {
      return List.of();
    }
    List<Covering> asked = List.copyOf(covering);
    return handle
        .createQuery(
            """
            select distinct v.unit_id
            from unnest(:groups, cast(:times as timestamptz[])) c (grp, event_time)
            join unit_value v on v.stand_in_group = c.grp
              and v.event_time >= c.event_time - interval '1 hour'
              and v.event_time <= c.event_time + interval '1 hour'
            where v.stand_in_group is not null
            """)
        .bindArray("groups", Long.class, asked.stream().map(Covering::group).toList())
        .bindArray(
            "times", String.class, asked.stream().map(c -> c.eventTime().toString()).toList())
        .mapTo(Long.class)
        .list();
  }
}
