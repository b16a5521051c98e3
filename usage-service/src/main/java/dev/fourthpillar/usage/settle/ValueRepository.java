package dev.fourthpillar.usage.settle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.fourthpillar.usage.store.CopyStore;
import dev.fourthpillar.usage.unmatched.Review;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What units are worth. Whoever writes has locked the units. */
@Singleton
public final class ValueRepository {

  private static final String COLUMNS =
      """
      unit_id, state, revision, event_time, subject, payer, pseudonymous, provider, model,
      reported_model, resolution, tool, project, agent, agent_id, parent_agent, sub_agent, session,
      turn, tags, meters, book_id, reported_provider, service_tier, region, currency, list_nanos,
      employer_nanos, hold_id, attempt, booked_list, booked_employer, booked_quantities, flags,
      claims, stand_in_group, first_received, is_window, rank
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

  /**
   * What is known of units that were there before.
   *
   * @param firstReceived when the first report of it came
   * @param review what a person decided, where it found no hold
   */
  record Past(Instant firstReceived, Optional<Review> review) {}

  Map<Long, Past> past(Handle handle, Collection<Long> units) {
    Map<Long, Past> past = new HashMap<>();
    if (units.isEmpty()) {
      return past;
    }
    handle
        .createQuery("select id, created_at, review from unit where id = any(:units)")
        .bindArray("units", Long.class, units)
        .map(
            (row, _) ->
                Map.entry(
                    row.getLong("id"),
                    new Past(
                        row.getTimestamp("created_at").toInstant(),
                        Optional.ofNullable(row.getString("review")).map(Review::valueOf))))
        .forEach(entry -> past.put(entry.getKey(), entry.getValue()));
    return past;
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

  /**
   * A unit of lower signals.
   *
   * @param since when it happened
   * @param until the same, of a call; of a window its end
   */
  record LowerUnit(long unit, String tool, String group, Instant since, Instant until, int rank) {}

  /** Those around which, within an hour, their group has a report that is ranked higher. */
  Set<Long> covered(Handle handle, List<LowerUnit> lower) {
    if (lower.isEmpty()) {
      return Set.of();
    }
    return handle
        .createQuery(
            """
            select l.unit_id
            from unnest(:units, :groups, cast(:since as timestamptz[]),
                cast(:until as timestamptz[]), :ranks) l (unit_id, grp, since, until, rank)
            where exists (select 1 from evidence e where e.rank = 1 and <around>)
              or exists (
                select 1 from evidence e
                where e.rank between 2 and 4 and e.rank < l.rank and <around>)
            """)
        .define(
            "around",
            """
            hashtextextended(e.tool || '/' || e.group_value, 0) = hashtextextended(l.grp, 0)
              and e.tool || '/' || e.group_value = l.grp
              and e.event_time >= l.since - interval '2 hours'
              and e.event_time <= l.until + interval '2 hours'
              and case when e.point_time is null
                then e.event_time >= l.since - interval '1 hour'
                  and e.event_time <= l.until + interval '1 hour'
                else to_timestamp(e.point_time / 3600000000000 * 3600)
                  between l.since - interval '2 hours' and l.until + interval '1 hour' end
            """)
        .bindArray("units", Long.class, lower.stream().map(LowerUnit::unit).toList())
        .bindArray(
            "groups", String.class, lower.stream().map(l -> l.tool() + "/" + l.group()).toList())
        .bindArray("since", String.class, lower.stream().map(l -> l.since().toString()).toList())
        .bindArray("until", String.class, lower.stream().map(l -> l.until().toString()).toList())
        .bindArray("ranks", Integer.class, lower.stream().map(LowerUnit::rank).toList())
        .mapTo(Long.class)
        .set();
  }

  /**
   * A window that names no session, of a known engineer.
   *
   * @param installation its claim, as values keep it
   */
  record Sessionless(
      long unit,
      String engineer,
      String tool,
      String installation,
      Instant since,
      Instant until,
      int rank) {}

  /** Those around which, within an hour, the installation has a unit that is ranked higher. */
  Set<Long> coveredBySessions(Handle handle, List<Sessionless> windows) {
    if (windows.isEmpty()) {
      return Set.of();
    }
    return handle
        .createQuery(
            """
            select w.unit_id
            from unnest(:units, :engineers, :tools, :installations, cast(:since as timestamptz[]),
              cast(:until as timestamptz[]), :ranks)
              w (unit_id, engineer, tool, installation, since, until, rank)
            where exists (
              select 1 from unit_value v
              where v.subject = w.engineer and v.event_time >= w.since - interval '1 hour'
                and v.event_time <= w.until + interval '1 hour' and v.tool = w.tool
                and v.rank < w.rank and v.state <> 'VOID'
                and v.claims @> jsonb_build_array(w.installation))
            """)
        .bindArray("units", Long.class, windows.stream().map(Sessionless::unit).toList())
        .bindArray("engineers", String.class, windows.stream().map(Sessionless::engineer).toList())
        .bindArray("tools", String.class, windows.stream().map(Sessionless::tool).toList())
        .bindArray(
            "installations", String.class, windows.stream().map(Sessionless::installation).toList())
        .bindArray("since", String.class, windows.stream().map(w -> w.since().toString()).toList())
        .bindArray("until", String.class, windows.stream().map(w -> w.until().toString()).toList())
        .bindArray("ranks", Integer.class, windows.stream().map(Sessionless::rank).toList())
        .mapTo(Long.class)
        .set();
  }

  /**
   * A report that covers what is ranked below it.
   *
   * @param group a fingerprint, as {@code stand_in_group}
   * @param until of a call the same; of a window its end
   */
  record Covering(long group, Instant since, Instant until, int rank) {}

  /**
   * Units that stand in and are now covered. Of those that the version before has written the rank
   * is not known, and 1.
   */
  List<Long> standIns(Handle handle, Set<Covering> covering) {
    if (covering.isEmpty()) {
      return List.of();
    }
    List<Covering> asked = List.copyOf(covering);
    return handle
        .createQuery(
            """
            select distinct v.unit_id
            from unnest(:groups, cast(:since as timestamptz[]), cast(:until as timestamptz[]),
              :ranks) c (grp, since, until, rank)
            join unit_value v on v.stand_in_group = c.grp and (v.rank > c.rank or v.rank = 1)
              and v.event_time >= c.since - interval '2 hours'
              and v.event_time <= c.until + interval '2 hours'
              and case when v.is_window
                then date_bin('1 hour', v.event_time, timestamptz 'epoch')
                  between c.since - interval '2 hours' and c.until + interval '1 hour'
                else v.event_time
                  between c.since - interval '1 hour' and c.until + interval '1 hour' end
            where v.stand_in_group is not null
            """)
        .bindArray("groups", Long.class, asked.stream().map(Covering::group).toList())
        .bindArray("since", String.class, asked.stream().map(c -> c.since().toString()).toList())
        .bindArray("until", String.class, asked.stream().map(c -> c.until().toString()).toList())
        .bindArray("ranks", Integer.class, asked.stream().map(Covering::rank).toList())
        .mapTo(Long.class)
        .list();
  }

  /** A unit and one of its spans. */
  record SpanOf(long unit, long span) {}

  /** Units that have a span directly inside of which another unit has one. */
  Set<Long> aroundOthers(Handle handle, List<SpanOf> spans) {
    return handle
        .createQuery(
            """
            select distinct s.unit_id
            from unnest(:units, :spans) s (unit_id, span)
            join evidence e on e.span_parent = s.span and e.unit_id <> s.unit_id
            """)
        .bindArray("units", Long.class, spans.stream().map(SpanOf::unit).toList())
        .bindArray("spans", Long.class, spans.stream().map(SpanOf::span).toList())
        .mapTo(Long.class)
        .set();
  }

  /** Units that have one of these spans. */
  List<Long> ofSpans(Handle handle, Collection<Long> spans) {
    return handle
        .createQuery("select distinct unit_id from evidence where span_self = any(:spans)")
        .bindArray("spans", Long.class, spans)
        .mapTo(Long.class)
        .list();
  }
}
