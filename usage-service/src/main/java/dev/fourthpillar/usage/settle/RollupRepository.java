package dev.fourthpillar.usage.settle;

import dev.fourthpillar.usage.evidence.Fingerprint;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The sums of all units. */
@Singleton
public final class RollupRepository {

  private record Row(Rollups.Key key, Fingerprint print, Rollups.Sums sums) {}

  /**
   * One order for everybody: two transactions that move the same rows wait, and not in a circle.
   */
  private static final Comparator<Row> ORDER =
      Comparator.comparing((Row row) -> row.key().subject())
          .thenComparing(row -> row.key().quarter())
          .thenComparing(Row::print);

  /** Moves sums; rows that moved nowhere are left alone. */
  void move(Handle handle, Map<Rollups.Key, Rollups.Sums> moves) {
    List<Row> rows = new ArrayList<>();
    moves.forEach(
        (key, sums) -> {
          if (!sums.equals(Rollups.Sums.ZERO)) {
            rows.add(new Row(key, print(key), sums));
          }
        });
    if (rows.isEmpty()) {
      return;
    }
    rows.sort(ORDER);
    handle
        .createUpdate(
            """
            insert into rollup
              (subject, quarter, key_high, key_low, provider, model, tool, project, agent, state,
               meter, currency, units, quantity, list, employer)
            select * from unnest(
              :subjects, cast(:quarters as timestamptz[]), :highs, :lows, :providers, :models, :tools, :projects, :agents,
              :states, :meters, :currencies, :units, cast(:quantities as numeric[]), cast(:lists as numeric[]), cast(:employers as numeric[]))
            on conflict (subject, quarter, key_high, key_low) do update
            set units = rollup.units + excluded.units,
                quantity = rollup.quantity + excluded.quantity,
                list = rollup.list + excluded.list,
                employer = rollup.employer + excluded.employer
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
        .bindArray("meters", String.class, each(rows, row -> row.key().meter()))
        .bindArray("currencies", String.class, each(rows, row -> row.key().currency()))
        .bindArray("units", Long.class, each(rows, row -> row.sums().units()))
        .bindArray("quantities", String.class, each(rows, row -> row.sums().quantity().toString()))
        .bindArray("lists", String.class, each(rows, row -> row.sums().list().toString()))
        .bindArray("employers", String.class, each(rows, row -> row.sums().employer().toString()))
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
            key.meter(),
            key.currency()));
  }

  private static <T> List<T> each(List<Row> rows, Function<Row, T> column) {
    return rows.stream().map(column).toList();
  }
}
