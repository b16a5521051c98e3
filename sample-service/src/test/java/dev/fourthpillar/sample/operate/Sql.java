package dev.fourthpillar.sample.operate;

import dev.fourthpillar.localdb.LocalDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What somebody does to a database by hand. */
final class Sql {
  private Sql() {}

  static void run(LocalDatabase database, String... statements) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }
}
