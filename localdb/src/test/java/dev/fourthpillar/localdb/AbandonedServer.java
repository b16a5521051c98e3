package dev.fourthpillar.localdb;

import java.nio.file.Path;
import java.time.Duration;

/** A program that starts a server, commits one row and waits to be killed. */
final class AbandonedServer {

  static final String DATABASE = "ledger";
  static final String ROLE = "ledger_owner";
  static final String PASSWORD = "ledger-password";
  static final String READY = "ready ";

  private static final Duration LONGEST_LIFE = Duration.ofMinutes(2);

  private AbandonedServer() {}

  /** Prints {@link #READY} and the server's pid when the row is committed. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    LocalPostgres server = LocalPostgres.start(LocalPostgresOptions.keptIn(directory));
    LocalDatabase database = server.createDatabase(DATABASE, ROLE, PASSWORD);
    Sql.run(database, "CREATE TABLE entry AS SELECT 42 AS amount");
    long pid = Postmaster.of(directory.toRealPath().resolve("data")).orElseThrow().pid();
    System.out.println(READY + pid);
    Thread.sleep(LONGEST_LIFE);
  }
}
