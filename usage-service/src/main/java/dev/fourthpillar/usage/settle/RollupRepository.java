package dev.fourthpillar.usage.settle;

import dev.fourthpillar.usage.evidence.Fingerprint;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The sums of all units. */
@Singleton
public final class RollupRepository {

  /**
   * The sums of several meters that are kept in one row.
   *
   * @param key with the empty meter
   */
  private record Row(Rollups.Key key, Fingerprint print, SortedMap<String, Rollups.Sums> meters) {

    /** An array as the database reads it; the element type is the column's. */
    String array(Function<Rollups.Sums, BigInteger> column) {
      return meters.values().stream()
          .map(sums -> column.apply(sums).toString())
          .collect(Collectors.joining(",", "{", "}"));
    }

    String names() {
      return meters.keySet().stream()
          .map(name -> '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
          .collect(Collectors.joining(",", "{", "}"));
    }

    long units() {
      return meters.values().stream().mapToLong(Rollups.Sums::units).sum();
    }
  }

  /**
   * One order for everybody: two transactions that move the same rows wait, and not in a circle.
   */
  private static final Comparator<Row> ORDER =
      Comparator.comparing((Row row) -> row.key().subject())
          .thenComparing(row -> row.key().quarter())
          .thenComparing(Row::print);

  /** Moves sums; rows that moved nowhere are left alone. */
  void move(Handle handle, Map<Rollups.Key, Rollups.Sums> moves) {
    Map<Rollups.Key, SortedMap<String, Rollups.Sums>> groups = new HashMap<>();
    moves.forEach(
        (key, sums) -> {
          if (!sums.equals(Rollups.Sums.ZERO)) {
            groups
                .computeIfAbsent(key.of(Rollups.NO_METER), _ -> new TreeMap<>())
                .put(key.meter(), sums);
          }
        });
    if (groups.isEmpty()) {
      return;
    }
    List<Row> rows =
        groups.entrySet().stream()
            .map(group -> new Row(group.getKey(), print(group.getKey()), group.getValue()))
            .sorted(ORDER)
            .toList();
    handle
        .createUpdate(
            """
            insert into rollup_sum as s
              (subject, quarter, key_high, key_low, provider, model, tool, project, agent, state,
               currency, units, meters, quantities, lists, employers)
            select subject, quarter, high, low, provider, model, tool, project, agent, state,
              currency, units, cast(meters as text[]), cast(quantities as numeric[]),
              cast(lists as numeric[]), cast(employers as numeric[])
            from unnest(
              :subjects, cast(:quarters as timestamptz[]), :highs, :lows, :providers, :models,
              :tools, :projects, :agents, :states, :currencies, :units, :meters, :quantities,
              :lists, :employers)
              r (subject, quarter, high, low, provider, model, tool, project, agent, state,
                 currency, units, meters, quantities, lists, employers)
            on conflict (subject, quarter, key_high, key_low) do update
            set units = s.units + excluded.units,
                (meters, quantities, lists, employers) = (
                  select array_agg(meter), array_agg(quantity), array_agg(list),
                    array_agg(employer)
                  from (
                    select meter, sum(quantity) as quantity, sum(list) as list,
                      sum(employer) as employer
                    from (
                      select * from unnest(s.meters, s.quantities, s.lists, s.employers)
                      union all
                      select * from unnest(
                        excluded.meters, excluded.quantities, excluded.lists, excluded.employers)
                      ) both_sides (meter, quantity, list, employer)
                    group by meter) sums)
            """)
        .bindArray("subjects", String.class, each(rows, row -> row.key().subject()))
        .bindArray("quarters", String.class, each(rows, row -> row.key().quarter().toString()))
        .bindArray("highs", Long.class, each(rows, row -> row.print().high()))
        .bindArray("lows", Long.class, each(rows, row -> row.print().low()))
        .bindArray("providers", String.class, each(rows, row -> row.key().provider()))
        .bindArray("models", String.class, each(rows, row -> row.key().model()))
        .bindArray("tools", String.class, each(rows, row -> row.key().tool()))
        .bindArray("projects", String.class, each(rows, row -> row.key().project()))
        .bindArray("agents", String.class, each(rows, row -> row.key().agent()))
        .bindArray("states", String.class, each(rows, row -> row.key().state()))
        .bindArray("currencies", String.class, each(rows, row -> row.key().currency()))
        .bindArray("units", Long.class, each(rows, Row::units))
        .bindArray("meters", String.class, each(rows, Row::names))
        .bindArray("quantities", String.class, each(rows, row -> row.array(Rollups.Sums::quantity)))
        .bindArray("lists", String.class, each(rows, row -> row.array(Rollups.Sums::list)))
        .bindArray("employers", String.class, each(rows, row -> row.array(Rollups.Sums::employer)))
        .execute();
  }

  private static Fingerprint print(Rollups.Key key) {
    return Fingerprint.of(
        List.of(
            key.provider(),
            key.model(),
            key.tool(),
            key.project(),
            key.agent(),
            key.state(),
            key.currency()));
  }

  private static <T> List<T> each(List<Row> rows, Function<Row, T> column) {
    return rows.stream().map(column).toList();
  }
}
