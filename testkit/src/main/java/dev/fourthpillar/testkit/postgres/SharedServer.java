package dev.fourthpillar.testkit.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * The one server of this JVM with its migrated templates. Started on first use; after a close (by
 * one test engine while another still runs) the next use starts a new one.
 */
final class SharedServer implements AutoCloseable {

  /** Owns every test database: what a template holds keeps its owner when it is copied. */
  static final String ROLE = "fourthpillar_test";

  static final String PASSWORD = "only-for-tests";

  private static SharedServer current;
  private static boolean hooked;

  private final TestServer server;
  private final Map<List<String>, String> templates = new HashMap<>();
  private int databases;
  private boolean closed;

  private SharedServer(TestServer server) {
    this.server = server;
  }

  static synchronized SharedServer get() {
    if (current == null) {
      current = new SharedServer(Engine.chosen().start());
      current.sql(
          "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(ROLE, PASSWORD),
          "REVOKE ALL ON DATABASE postgres FROM PUBLIC");
      closeAtExit();
    }
    return current;
  }

  /** For runs that no test engine ends, and for the ones it does not end in order. */
  private static void closeAtExit() {
    if (!hooked) {
      Runtime.getRuntime().addShutdownHook(new Thread(SharedServer::closeCurrent, "stop-postgres"));
      hooked = true;
    }
  }

  private static synchronized void closeCurrent() {
    if (current != null) {
      current.close();
    }
  }

  TestServer server() {
    return server;
  }

  /** A new database with these migrations applied; returns its name. */
  synchronized String create(List<String> migrations) {
    List<String> key = migrations.stream().sorted().distinct().toList();
    String template = key.isEmpty() ? "template1" : templates.computeIfAbsent(key, this::migrate);
    String name = "test_" + ++databases;
    sql(
        "CREATE DATABASE %s OWNER %s TEMPLATE %s".formatted(name, ROLE, template),
        "REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(name));
    return name;
  }

  /** Whatever is still connected is thrown out: a leaked connection must not outlive its test. */
  synchronized void drop(String name) {
    if (!closed) {
      sql("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
    }
  }

  private String migrate(List<String> migrations) {
    String name = "migrated_" + (templates.size() + 1);
    sql("CREATE DATABASE %s OWNER %s".formatted(name, ROLE));
    Flyway.configure()
        .dataSource(server.superuser(name).jdbcUrl(), ROLE, PASSWORD)
        .locations(migrations.toArray(String[]::new))
        // A mistyped location or file name would otherwise test an empty database.
        .failOnMissingLocations(true)
        .validateMigrationNaming(true)
        .load()
        .migrate();
    sql("ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(name));
    return name;
  }

  private void sql(String... statements) {
    try (Connection connection = server.superuser("postgres").dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("test server refused " + Arrays.toString(statements), e);
    }
  }

  @Override
  public void close() {
    synchronized (SharedServer.class) {
      if (current == this) {
        current = null;
      }
    }
    synchronized (this) {
      if (!closed) {
        closed = true;
        server.close();
      }
    }
  }
}
