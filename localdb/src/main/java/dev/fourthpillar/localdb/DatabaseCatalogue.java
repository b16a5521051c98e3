package dev.fourthpillar.localdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/** Roles and databases of one server, through a superuser's connection. */
final class DatabaseCatalogue {

  /** PostgreSQL's own bound on a name, less quoting and upper case. */
  private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  static final int MIN_PASSWORD_CHARACTERS = 8;

  private static final String LEAST_PRIVILEGE =
      "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS";

  private final Connection connection;

  DatabaseCatalogue(Connection connection) {
    this.connection = connection;
  }

  static void check(String database, String role, String password) {
    checkIdentifier("database", database);
    checkIdentifier("role", role);
    if (password.length() < MIN_PASSWORD_CHARACTERS) {
      throw new IllegalArgumentException(
          "password of %s: %d characters (expected: >= %d)"
              .formatted(role, password.length(), MIN_PASSWORD_CHARACTERS));
    }
  }

  private static void checkIdentifier(String what, String name) {
    boolean reserved =
        name.equals("postgres") || name.startsWith("template") || name.startsWith("pg_");
    if (reserved || !IDENTIFIER.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s: \"%s\" (expected: %s, and not PostgreSQL's own)"
              .formatted(what, name, IDENTIFIER.pattern()));
    }
  }

  /** Nobody but a superuser has anything to do in PostgreSQL's own databases. */
  void closeOwnDatabasesToOthers() throws SQLException {
    execute("REVOKE ALL ON DATABASE postgres FROM PUBLIC");
    execute("REVOKE ALL ON DATABASE template1 FROM PUBLIC");
  }

  /** The role's password becomes {@code password} also when the role was there. */
  void ensureRole(String role, String password) throws SQLException {
    boolean exists = first("SELECT 1::text FROM pg_roles WHERE rolname = ?", role).isPresent();
    execute((exists ? "ALTER" : "CREATE") + " ROLE " + role + " " + LEAST_PRIVILEGE);
    // Hashed on this side, so that the password never shows in the server's log.
    connection
        .unwrap(PGConnection.class)
        .alterUserPassword(role, password.toCharArray(), "scram-sha-256");
  }

  void ensureDatabase(String database, String owner) throws SQLException {
    Optional<String> present =
        first("SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = ?", database);
    if (present.isEmpty()) {
      execute("CREATE DATABASE " + database + " OWNER " + owner);
    } else if (!present.get().equals(owner)) {
      throw new LocalPostgresException(
          "database %s belongs to %s (expected: %s)".formatted(database, present.get(), owner));
    }
    execute("REVOKE ALL ON DATABASE " + database + " FROM PUBLIC");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Optional<String> first(String sql, String argument) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, argument);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
  }
}
