package dev.fourthpillar.testkit.postgres;

import dev.fourthpillar.localdb.LocalDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgreSQL in a container, with the settings and the text order of the embedded one. */
final class ContainerServer implements TestServer {

  private static final String IMAGE = "postgres:17.11";
  private static final String SUPERUSER = "postgres";
  private static final String PASSWORD = "only-for-tests";

  private final PostgreSQLContainer container;

  private ContainerServer(PostgreSQLContainer container) {
    this.container = container;
  }

  @SuppressWarnings("resource") // Closed with this object.
  static ContainerServer start() {
    PostgreSQLContainer container =
        new PostgreSQLContainer(IMAGE)
            .withDatabaseName("postgres")
            .withUsername(SUPERUSER)
            .withPassword(PASSWORD)
            .withEnv(
                "POSTGRES_INITDB_ARGS",
                "--data-checksums --encoding=UTF8 --locale=C"
                    + " --locale-provider=builtin --builtin-locale=C.UTF-8");
    container.setCommand(command().toArray(String[]::new));
    container.start();
    return new ContainerServer(container);
  }

  /** Testcontainers' own command turns fsync off. */
  private static List<String> command() {
    Map<String, String> settings = new TreeMap<>(TestServerSettings.ALL);
    settings.put("fsync", "on");
    settings.put("timezone", "UTC");
    List<String> command = new ArrayList<>(List.of("postgres"));
    settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return command;
  }

  @Override
  public LocalDatabase superuser(String database) {
    String url =
        "jdbc:postgresql://%s:%d/%s"
            .formatted(
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                database);
    return new LocalDatabase(url, SUPERUSER, PASSWORD);
  }

  /** A restarted container comes back on another port, which no open pool would find. */
  @Override
  public boolean supportsCrash() {
    return false;
  }

  @Override
  public void kill9() {
    throw new UnsupportedOperationException(
        "a container cannot be crashed (expected: -D%s=embedded)".formatted(Engine.PROPERTY));
  }

  @Override
  public void restart() {
    kill9();
  }

  @Override
  public void close() {
    container.stop();
  }
}
