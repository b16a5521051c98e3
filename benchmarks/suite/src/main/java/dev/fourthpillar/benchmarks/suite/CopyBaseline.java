package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.localdb.LocalDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * COPY of the rows that a round of usage has made into tables of the same shape with the same
 * indexes, one connection for each table, all at once. Nothing is looked up, decided or priced.
 */
final class CopyBaseline {
  /** The sums by quarter-hour, whose rows are those that the round made or changed. */
  private static final String ROLLUP = "rollup_sum";

  /** Every table that takes a row for each object; of heads there are far fewer. */
  private static final List<String> TABLES =
      List.of("unit", "unit_alias", "evidence", "unit_value", "settlement", ROLLUP);

  private final LocalDatabase database;
  private final List<String> tables;

  private CopyBaseline(LocalDatabase database, List<String> tables) {
    this.database = database;
    this.tables = tables;
  }

  static CopyBaseline of(LocalDatabase database) {
    return new CopyBaseline(database, TABLES);
  }

  static CopyBaseline withoutRollups(LocalDatabase database) {
    return new CopyBaseline(
        database, TABLES.stream().filter(table -> !table.equals(ROLLUP)).toList());
  }

  /** Remembers where the round begins. */
  void begin() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          drop schema if exists bound cascade;
          create schema bound;
          create table bound.since as
            select coalesce(max(id), 0) as unit, pg_current_xact_id()::text::bigint as transaction
            from unit;
          """);
      for (String table : TABLES) {
        statement.execute("create table bound.%1$s (like %1$s including all)".formatted(table));
      }
    }
  }

  /** Writes the round's rows out, then measures how long they take to be copied in. */
  double seconds() throws SQLException, IOException {
    for (String table : tables) {
      empty(table);
    }
    List<Path> files = tables.stream().map(this::unload).toList();
    long begin = System.nanoTime();
    Load.onThreads(tables.size(), i -> load(tables.get(i), files.get(i)));
    double seconds = (System.nanoTime() - begin) / 1e9;
    for (Path file : files) {
      Files.delete(file);
    }
    return seconds;
  }

  private void empty(String table) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("truncate bound." + table);
    }
  }

  private static String ofRound(String table) {
    return switch (table) {
      case "unit" -> "t.id > s.unit";
      // A server that has just been made has not come round to transaction 0 again.
      case ROLLUP -> "t.xmin::text::bigint > s.transaction";
      default -> "t.unit_id > s.unit";
    };
  }

  private Path unload(String table) {
    try (Connection connection = database.dataSource().getConnection()) {
      Path file = Files.createTempFile("fp-bench-" + table, ".copy");
      try (OutputStream out = Files.newOutputStream(file)) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(
                "copy (select t.* from %s t, bound.since s where %s) to stdout (format binary)"
                    .formatted(table, ofRound(table)),
                out);
      }
      return file;
    } catch (SQLException e) {
      throw new IllegalStateException("rows of %s could not be read".formatted(table), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void load(String table, Path file) {
    try (Connection connection = database.dataSource().getConnection();
        InputStream in = Files.newInputStream(file)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy bound.%s from stdin (format binary)".formatted(table), in);
    } catch (SQLException e) {
      throw new IllegalStateException("rows of %s could not be copied".formatted(table), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
