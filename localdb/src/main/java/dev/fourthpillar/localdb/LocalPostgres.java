package dev.fourthpillar.localdb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL on 127.0.0.1 that keeps its promises on disk: fsync, synchronous commit and
 * full page writes are on, and start-up fails when the live server says otherwise.
 *
 * <p>The server is a process of its own and outlives a killed JVM; the next start on the same
 * directory stops such a left-over and carries on with its data. One owner per directory at a time.
 * Methods may be called from any thread; they run one at a time.
 */
public final class LocalPostgres implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalPostgres.class);

  /** Another process may take a free port between our finding it and the server's binding it. */
  private static final int MAX_PORT_ATTEMPTS = 5;

  /** Killed processes go at once, unless the disk holds them. */
  private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

  /** pg_ctl bounds its own wait; this is for a pg_ctl that hangs. */
  private static final Duration PG_CTL_GRACE = Duration.ofSeconds(10);

  private static final int LOGIN_TIMEOUT_SECONDS = 10;

  private final LocalPostgresOptions options;
  private final Home home;
  private int port;
  private boolean closed;

  private LocalPostgres(LocalPostgresOptions options, Home home) {
    this.options = options;
    this.home = home;
  }

  /**
   * Starts a server and returns when it answers.
   *
   * @throws LocalPostgresException when the directory is in use, the port is taken, the server does
   *     not answer in time, or does not run with the settings of this class
   */
  public static LocalPostgres start(LocalPostgresOptions options) {
    Home home = Home.open(options.storage());
    LocalPostgres server = new LocalPostgres(options, home);
    try {
      server.recoverLeftOver();
      boolean fresh = home.initialise();
      server.startOnChosenPort();
      if (fresh) {
        server.asSuperuser(DatabaseCatalogue::closeOwnDatabasesToOthers);
      }
      return server;
    } catch (RuntimeException e) {
      server.abandon(e);
      throw e;
    }
  }

  /** The port on 127.0.0.1; the same for the whole life of this object. */
  public synchronized int port() {
    return port;
  }

  /** The superuser's way into a database, for administration. */
  public LocalDatabase superuser(String database) {
    return new LocalDatabase(jdbcUrl(database), Home.SUPERUSER, home.superuserPassword());
  }

  /**
   * Makes sure that the role exists with this password and no privilege but to log in, and that the
   * database exists, belongs to it and lets nobody else in. Doing it again changes nothing but the
   * password.
   */
  public synchronized LocalDatabase createDatabase(String database, String role, String password) {
    DatabaseCatalogue.check(database, role, password);
    asSuperuser(
        catalogue -> {
          catalogue.ensureRole(role, password);
          catalogue.ensureDatabase(database, role);
        });
    return new LocalDatabase(jdbcUrl(database), role, password);
  }

  /** Kills the server and all its backends with SIGKILL; returns when they are gone. */
  public synchronized void kill9() {
    checkOpen();
    postmaster()
        .orElseThrow(() -> new LocalPostgresException("no server is running to be killed"))
        .kill9(KILL_TIMEOUT);
  }

  /** Starts the server again on the same port and data, after {@link #kill9} or while it runs. */
  public synchronized void restart() {
    checkOpen();
    stopServer();
    startServer();
  }

  /** Stops the server (open transactions are rolled back) and releases the directory. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (home) {
      stopServer();
    }
  }

  private void recoverLeftOver() {
    Optional<Postmaster> leftOver = postmaster();
    if (leftOver.isPresent()) {
      LOG.info("stopping a server left behind on {} (pid {})", home.data(), leftOver.get().pid());
      stopServer();
    }
  }

  private void startOnChosenPort() {
    if (options.port() != LocalPostgresOptions.ANY_FREE_PORT) {
      port = options.port();
      startServer();
      return;
    }
    for (int attempt = 1; ; attempt++) {
      port = freePort();
      try {
        startServer();
        return;
      } catch (LocalPostgresException e) {
        if (attempt == MAX_PORT_ATTEMPTS
            || !PgCommand.tail(home.serverLog()).contains("Address already in use")) {
          throw e;
        }
      }
    }
  }

  private void startServer() {
    Postmaster.removeMisleadingPidFile(home.data());
    home.rotateLog();
    try {
      Files.writeString(
          home.data().resolve("postgresql.conf"), ServerSettings.render(options.settings(), port));
    } catch (IOException e) {
      throw new LocalPostgresException("cannot write the configuration of " + home.data(), e);
    }
    int exit =
        pgCtl("start", options.startTimeout(), List.of("--log=" + home.serverLog(), "--silent"));
    if (exit != 0) {
      throw new LocalPostgresException(
          "PostgreSQL did not start on 127.0.0.1:%d within %s: %s"
              .formatted(port, options.startTimeout(), PgCommand.tail(home.serverLog())));
    }
    checkPromises();
    LOG.info("PostgreSQL on 127.0.0.1:{}, data in {}", port, home.data());
  }

  /** A later ALTER SYSTEM, or a build of PostgreSQL with other ideas, must not go unnoticed. */
  private void checkPromises() {
    try (Connection connection = superuser("postgres").dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (Map.Entry<String, String> promise : ServerSettings.promises().entrySet()) {
        try (ResultSet rows = statement.executeQuery("SHOW " + promise.getKey())) {
          String actual = rows.next() ? rows.getString(1) : "nothing";
          if (!actual.equals(promise.getValue())) {
            throw new LocalPostgresException(
                "%s: %s (expected: %s)".formatted(promise.getKey(), actual, promise.getValue()));
          }
        }
      }
    } catch (SQLException e) {
      throw new LocalPostgresException("the server started but does not answer", e);
    }
  }

  /** Fast first; a server that does not manage in time is killed, which loses no commit. */
  private void stopServer() {
    Optional<Postmaster> running = postmaster();
    if (running.isEmpty()) {
      return;
    }
    int exit = pgCtl("stop", options.stopTimeout(), List.of("--mode=fast", "--silent"));
    if (exit != 0) {
      LOG.warn("fast shutdown failed, killing: {}", PgCommand.tail(home.commandLog()));
      postmaster().ifPresent(postmaster -> postmaster.kill9(KILL_TIMEOUT));
    }
  }

  private int pgCtl(String action, Duration timeout, List<String> more) {
    List<String> arguments = new ArrayList<>();
    arguments.add(action);
    // As two words: the server's own command line then names its directory the same way.
    arguments.addAll(List.of("-D", home.data().toString()));
    arguments.addAll(List.of("--wait", "--timeout=" + timeout.toSeconds()));
    arguments.addAll(more);
    return PgCommand.run(home.commandLog(), timeout.plus(PG_CTL_GRACE), "pg_ctl", arguments);
  }

  /** After a failed start: no process stays, and what went wrong while tidying is not lost. */
  private void abandon(RuntimeException cause) {
    closed = true;
    try (home) {
      stopServer();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private Optional<Postmaster> postmaster() {
    return Postmaster.of(home.data());
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://%s:%d/%s?loginTimeout=%d"
        .formatted(ServerSettings.LISTEN_ADDRESS, port(), database, LOGIN_TIMEOUT_SECONDS);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("this server is closed (expected: open)");
    }
  }

  private void asSuperuser(CatalogueWork work) {
    try (Connection connection = superuser("postgres").dataSource().getConnection()) {
      work.on(new DatabaseCatalogue(connection));
    } catch (SQLException e) {
      throw new LocalPostgresException("the server refused: " + e.getMessage(), e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new LocalPostgresException("no free port on the loopback address", e);
    }
  }

  @FunctionalInterface
  private interface CatalogueWork {
    void on(DatabaseCatalogue catalogue) throws SQLException;
  }
}
