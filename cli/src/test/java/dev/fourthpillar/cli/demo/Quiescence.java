package dev.fourthpillar.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteService;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/**
 * Nothing is under way any more: every feed is read to its head by everybody who reads it, no usage
 * waits, no hold is open and nothing is pending.
 */
final class Quiescence {
  /** A cursor is told every 10 s where there was nothing for its reader. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final Duration POLL = Duration.ofMillis(250);

  private static final String INBOX = "select count(*) from feed_inbox";

  /** What must be 0, by service. */
  private static final Map<SuiteService, List<String>> UNDER_WAY =
      Map.of(
          SuiteService.BUDGET,
          List.of(
              INBOX,
              "select count(*) from hold where state = 'HELD'",
              "select count(*) from account where held_nanos <> 0",
              "select count(*) from pending_line",
              "select count(*) from period_due where due_at <= now() or waiting"),
          SuiteService.USAGE,
          List.of(
              INBOX,
              "select count(*) from unit_value where state = 'WAITING'",
              "select count(*) from unit_due where due_at <= now()",
              "select count(*) from settlement where line_number is null"),
          SuiteService.COMP,
          List.of(INBOX));

  private final Suite suite;

  Quiescence(Suite suite) {
    this.suite = suite;
  }

  void await() {
    Awaitility.await("quiescence")
        .atMost(LIMIT)
        .pollInterval(POLL)
        .untilAsserted(() -> assertThat(underWay()).as("under way").isEmpty());
  }

  private Map<String, Long> underWay() throws SQLException {
    Map<String, Long> found = new TreeMap<>();
    Map<String, Map<Integer, Long>> heads = new TreeMap<>();
    for (SuiteService service : SuiteService.values()) {
      try (Connection connection = suite.database(service).dataSource().getConnection()) {
        for (String count : UNDER_WAY.get(service)) {
          note(found, service.id() + ": " + count, number(connection, count));
        }
        heads.put(service.id(), heads(connection));
      }
    }
    for (SuiteService service : SuiteService.values()) {
      try (Connection connection = suite.database(service).dataSource().getConnection()) {
        behind(connection, service, heads, found);
      }
    }
    return found;
  }

  private static Map<Integer, Long> heads(Connection connection) throws SQLException {
    Map<Integer, Long> heads = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select partition, position from feed_head")) {
      while (rows.next()) {
        heads.put(rows.getInt(1), rows.getLong(2));
      }
    }
    return heads;
  }

  private static void behind(
      Connection connection,
      SuiteService reader,
      Map<String, Map<Integer, Long>> heads,
      Map<String, Long> found)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select source, consumer, partition, position from feed_cursor")) {
      int cursors = 0;
      while (rows.next()) {
        cursors++;
        String source = rows.getString(1);
        int partition = rows.getInt(3);
        note(
            found,
            "%s: %s behind %s in partition %d"
                .formatted(reader.id(), rows.getString(2), source, partition),
            heads.get(source).get(partition) - rows.getLong(4));
      }
      if (cursors == 0) {
        found.put(reader.id() + ": has no cursor", 1L);
      }
    }
  }

  private static void note(Map<String, Long> found, String what, long number) {
    if (number != 0) {
      found.put(what, number);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
