package dev.fourthpillar.usage.shortfall;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Windows beside the calls of their groups. */
@Singleton
final class ShortfallRepository {

  /** A group and a model. */
  private record Key(String group, String tool, String engineer, String session, String model) {}

  /**
   * The largest first.
   *
   * @param tool empty for all
   */
  List<Shortfall> find(Handle handle, Instant from, Instant until, String tool, int atMost) {
    Map<Key, Shortfall> found = new LinkedHashMap<>();
    handle
        .createQuery(
            """
            with windows as (
              select g.grp, v.tool, v.reported_model as model, min(coalesce(v.subject, '')) as subject,
                min(v.session) as session, min(date_bin('1 hour', v.event_time, timestamptz 'epoch')) as since,
                max(date_bin('1 hour', v.event_time, timestamptz 'epoch')) + interval '1 hour' as until,
                array_agg(v.unit_id) as units
              from unit_value v
              cross join lateral (
                select e.tool || '/' || e.group_value as grp from evidence e
                where e.unit_id = v.unit_id limit 1) g
              where v.is_window and v.state = 'SUPPRESSED' and v.flags @> '["COVERED"]'
                and v.event_time >= :from
                and v.event_time < cast(:until as timestamptz) + interval '1 hour'
                and date_bin('1 hour', v.event_time, timestamptz 'epoch') >= :from
                and date_bin('1 hour', v.event_time, timestamptz 'epoch') < :until
                and (:tool = '' or v.tool = :tool)
              group by g.grp, v.tool, v.reported_model),
            sides as (
              select w.grp, w.model, split_part(m.key, '.', 1) as meter,
                (m.value->>0)::numeric as metered, 0::numeric as counted
              from windows w
              join unit_value v on v.unit_id = any(w.units)
              cross join lateral jsonb_each(v.meters) m
              union all
              select w.grp, w.model, split_part(m.key, '.', 1), 0, (m.value->>0)::numeric
              from windows w
              join lateral (
                select distinct e.unit_id from evidence e
                where e.rank = 1
                  and hashtextextended(e.tool || '/' || e.group_value, 0)
                    = hashtextextended(w.grp, 0)
                  and e.tool || '/' || e.group_value = w.grp
                  and e.event_time >= cast(:from as timestamptz) - interval '1 hour' and e.event_time < :until) c on true
              join unit_value v on v.unit_id = c.unit_id and v.reported_model = w.model
                and v.state not in ('SUPPRESSED', 'VOID')
              cross join lateral jsonb_each(v.meters) m),
            short as (
              select grp, model, meter, sum(metered) as metered, sum(counted) as counted
              from sides where meter in ('input', 'output', 'cache_read', 'cache_write')
              group by grp, model, meter having sum(metered) > sum(counted)),
            largest as (
              select grp, model, sum(metered - counted) as missing from short
              group by grp, model order by missing desc, grp, model limit :rows)
            select w.*, s.meter, s.metered, s.counted
            from largest l
            join windows w using (grp, model)
            join short s using (grp, model)
            order by l.missing desc, l.grp, l.model, s.meter
            """)
        .bind("from", from)
        .bind("until", until)
        .bind("tool", tool)
        .bind("rows", atMost)
        .map(
            (row, _) -> {
              Key key =
                  new Key(
                      row.getString("grp"),
                      row.getString("tool"),
                      row.getString("subject"),
                      row.getString("session"),
                      row.getString("model"));
              Shortfall before =
                  found.getOrDefault(
                      key,
                      new Shortfall(
                          key.tool(),
                          key.engineer(),
                          key.session(),
                          key.model(),
                          row.getTimestamp("since").toInstant(),
                          row.getTimestamp("until").toInstant(),
                          new TreeMap<>()));
              TreeMap<String, Shortfall.Sides> kinds = new TreeMap<>(before.kinds());
              kinds.put(
                  row.getString("meter"),
                  new Shortfall.Sides(
                      whole(row.getBigDecimal("metered")), whole(row.getBigDecimal("counted"))));
              found.put(
                  key,
                  new Shortfall(
                      before.tool(),
                      before.engineer(),
                      before.session(),
                      before.model(),
                      before.from(),
                      before.until(),
                      kinds));
              return key;
            })
        .list();
    return new ArrayList<>(found.values());
  }

  private static long whole(BigDecimal count) {
    return count.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
  }
}
