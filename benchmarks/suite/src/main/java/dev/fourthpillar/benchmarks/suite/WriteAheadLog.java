package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.localdb.LocalDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * PostgreSQL as one that has run for a while. A new server makes a file of 16 MiB for each piece of
 * its log, and every commit waits for it: 75 ms on an idle disk, 200 on a busy one. Later it writes
 * over those it has.
 */
final class WriteAheadLog {
  private WriteAheadLog() {}

  /** Has a gigabyte of it made, as {@code min_wal_size} of a server in use keeps it. */
  static void prepare(LocalDatabase database) {
    run(
        database,
        "alter system set min_wal_size = '1GB'",
        "select pg_reload_conf()",
        """
        create table wal_filler as
        select n, repeat(md5(n::text), 30) as text from generate_series(1, 900000) n
        """,
        "drop table wal_filler",
        "checkpoint");
  }

  /** What writing left for later is done now. */
  static void checkpoint(LocalDatabase database) {
    run(database, "checkpoint");
  }

  private static void run(LocalDatabase database, String... statements) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL cannot be prepared", e);
    }
  }
}
