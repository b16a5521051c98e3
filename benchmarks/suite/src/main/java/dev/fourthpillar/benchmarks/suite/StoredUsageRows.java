package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.localdb.LocalDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Usage of the weeks before, as though it had been taken in: what is there is copied with other
 * keys, ids and times, with its indexes, until there are so many rows of evidence.
 */
final class StoredUsageRows {
  private static final int DAYS = 30;

  /** What differs in a copy: its number, how far ids are apart, and how many hours it is older. */
  private static final Map<String, Map<String, String>> OTHERWISE =
      Map.of(
          "unit",
          Map.of(
              "id", "t.id + c.number * c.ids",
              "created_at", "t.created_at - make_interval(hours => c.hours)"),
          "unit_alias",
          Map.of("id", "t.id || '/' || c.number", "unit_id", "t.unit_id + c.number * c.ids"),
          "evidence",
          Map.of(
              "time_bucket", "t.time_bucket - c.hours",
              "key_high", "hashint8extended(t.key_high, c.number)",
              "key_low", "hashint8extended(t.key_low, c.number)",
              "unit_id", "t.unit_id + c.number * c.ids",
              "event_time", "t.event_time - make_interval(hours => c.hours)",
              "received_at", "t.received_at - make_interval(hours => c.hours)"),
          "unit_value",
          Map.of(
              "unit_id", "t.unit_id + c.number * c.ids",
              "event_time", "t.event_time - make_interval(hours => c.hours)",
              "first_received", "t.first_received - make_interval(hours => c.hours)"));

  private StoredUsageRows() {}

  /** Returns how many there are. */
  static long fill(LocalDatabase database, long rows) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      long there = count(connection, "select count(*) from evidence");
      if (there == 0) {
        throw new IllegalStateException("there is no usage to copy");
      }
      long ids = count(connection, "select max(id) from unit");
      long copies = Math.ceilDiv(rows - there, there);
      for (String table : OTHERWISE.keySet()) {
        run(
            connection,
            "create table filler_%1$s as select * from %1$s".formatted(table),
            "analyze filler_" + table);
      }
      for (long number = 1; number <= copies; number++) {
        for (String table : OTHERWISE.keySet()) {
          copy(connection, table, number, ids, (int) (DAYS * 24 * number / copies));
        }
      }
      for (String table : OTHERWISE.keySet()) {
        run(connection, "drop table filler_" + table, "vacuum analyze " + table);
      }
      run(connection, "select setval('unit_id', (select max(id) from unit))", "checkpoint");
      return count(connection, "select count(*) from evidence");
    }
  }

  private static void copy(Connection connection, String table, long number, long ids, int hours)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (String column : columns(connection, table)) {
      columns.add(column);
      values.add(OTHERWISE.get(table).getOrDefault(column, "t." + column));
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into %1$s (%2$s)
            select %3$s
            from filler_%1$s t
            cross join (select ?::bigint as number, ?::bigint as ids, ?::int as hours) c
            """
                .formatted(table, String.join(", ", columns), String.join(", ", values)))) {
      insert.setLong(1, number);
      insert.setLong(2, ids);
      insert.setInt(3, hours);
      insert.executeUpdate();
    }
  }

  private static List<String> columns(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select column_name from information_schema.columns
            where table_schema = 'public' and table_name = ? order by ordinal_position
            """)) {
      statement.setString(1, table);
      List<String> columns = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
      }
      return columns;
    }
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }
}
