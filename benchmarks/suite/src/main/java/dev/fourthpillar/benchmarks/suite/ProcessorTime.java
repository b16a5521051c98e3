package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.localdb.LocalDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which processes a load takes processor time of: this one, a service, and PostgreSQL's by kind.
 */
final class ProcessorTime {
  private final LocalDatabase database;
  private final long service;

  ProcessorTime(LocalDatabase database, long service) {
    this.database = database;
    this.service = service;
  }

  /** What each kind of process takes while the load runs. */
  SortedMap<String, Duration> of(Runnable load) {
    Map<Long, String> kinds = kinds();
    Map<Long, Duration> before = taken(kinds);
    load.run();
    SortedMap<String, Duration> cost = new TreeMap<>();
    taken(kinds)
        .forEach(
            (pid, after) ->
                cost.merge(
                    kinds.get(pid),
                    after.minus(before.getOrDefault(pid, Duration.ZERO)),
                    Duration::plus));
    return cost;
  }

  private Map<Long, String> kinds() {
    Map<Long, String> kinds = new HashMap<>();
    kinds.put(ProcessHandle.current().pid(), "client");
    kinds.put(service, "service");
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select pid, case when backend_type <> 'client backend' then backend_type
                                 when application_name = 'feed' then 'feed'
                                 else 'decisions and the rest' end as kind
                from pg_stat_activity
                where pid <> pg_backend_pid()
                """)) {
      while (rows.next()) {
        kinds.put(rows.getLong("pid"), "PostgreSQL: " + rows.getString("kind"));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL's processes are not known", e);
    }
    return kinds;
  }

  private static Map<Long, Duration> taken(Map<Long, String> kinds) {
    Map<Long, Duration> taken = new HashMap<>();
    for (long pid : kinds.keySet()) {
      ProcessHandle.of(pid)
          .flatMap(process -> process.info().totalCpuDuration())
          .ifPresent(time -> taken.put(pid, time));
    }
    return taken;
  }
}
