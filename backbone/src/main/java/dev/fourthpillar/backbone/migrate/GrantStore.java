package dev.fourthpillar.backbone.migrate;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The rights of the role that serves, on what the role that migrates has made. */
final class GrantStore {
  /** PostgreSQL 17 brought the right to vacuum without owning. */
  private static final int KNOWS_MAINTAIN = 170_000;

  private final DataSource owner;

  GrantStore(DataSource owner) {
    this.owner = owner;
  }

  /** In one transaction: a replica never sees half of its rights. */
  void grantTo(String role) {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      String to = statement.enquoteIdentifier(role, true);
      String schema =
          statement.enquoteIdentifier(first(statement, "select current_schema()"), true);
      statement.execute("grant usage on schema %s to %s".formatted(schema, to));
      statement.execute(
          "grant select, insert, update, delete on all tables in schema %s to %s"
              .formatted(schema, to));
      statement.execute("grant usage on all sequences in schema %s to %s".formatted(schema, to));
      statement.execute("grant execute on all functions in schema %s to %s".formatted(schema, to));
      // The history of migrations is looked at before each service is ready, and by nobody changed.
      statement.execute("revoke insert, update, delete on flyway_schema_history from " + to);
      if (Integer.parseInt(first(statement, "show server_version_num")) >= KNOWS_MAINTAIN) {
        statement.execute("grant maintain on feed_inbox to " + to);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("the rights of " + role + ": " + e.getMessage(), e);
    }
  }

  private static String first(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      if (!row.next() || row.getString(1) == null) {
        throw new SQLException("no answer to " + query);
      }
      return row.getString(1);
    }
  }
}
