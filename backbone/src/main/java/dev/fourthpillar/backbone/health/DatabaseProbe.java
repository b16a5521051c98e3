package dev.fourthpillar.backbone.health;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Looks whether the database answers, has the schema of this build and, in it, the feed that the
 * sequencer makes. Over its own connection: a full pool means work, and a replica must not be taken
 * out because it works.
 */
@Singleton
final class DatabaseProbe {
  private final PGSimpleDataSource database;
  private final SchemaVersion schema;
  private final int timeoutSeconds;
  private @Nullable Connection connection;

  DatabaseProbe(DataSource pool, SchemaVersion schema, HealthConfig config) throws SQLException {
    HikariDataSource hikari = pool.unwrap(HikariDataSource.class);
    this.schema = schema;
    this.timeoutSeconds = Math.toIntExact(config.timeout().toSeconds());
    this.database = new PGSimpleDataSource();
    database.setUrl(hikari.getJdbcUrl());
    database.setUser(hikari.getUsername());
    database.setPassword(hikari.getPassword());
    database.setConnectTimeout(timeoutSeconds);
    database.setLoginTimeout(timeoutSeconds);
    database.setSocketTimeout(timeoutSeconds);
    database.setApplicationName("fourthpillar-health");
  }

  /** One look; never throws, never takes much longer than the timeout. */
  synchronized Readiness look() {
    try {
      if (connection == null) {
        List<String> missing = schema.missing(database);
        if (!missing.isEmpty()) {
          return Readiness.notReady("the database lacks migrations " + missing);
        }
        connection = database.getConnection();
      }
      requireWritable(connection);
      if (!hasFeed(connection)) {
        return Readiness.notReady("the feed is not made yet");
      }
      return Readiness.ready("the database answers and has this build's schema");
    } catch (SQLException | FlywayException e) {
      close();
      return Readiness.notReady("the database does not answer or cannot write");
    }
  }

  private static void requireWritable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var row = statement.executeQuery("select pg_is_in_recovery()")) {
      if (!row.next() || row.getBoolean(1)) {
        throw new SQLException("the database is a standby");
      }
    }
  }

  /** A migration brings its tables, and the sequencer of some replica what is in them. */
  private static boolean hasFeed(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var row = statement.executeQuery("select exists (select from feed_head)")) {
      return row.next() && row.getBoolean(1);
    }
  }

  @PreDestroy
  synchronized void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException _) {
        // It is broken, which is why it is closed.
      }
      connection = null;
    }
  }
}
