package dev.fourthpillar.localdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPostgresTest {

  private static final String PASSWORD = "long-enough";

  private static LocalPostgres server;

  @BeforeAll
  static void start() {
    server =
        LocalPostgres.start(
            LocalPostgresOptions.temporary().withSetting("application_name", "it's quoted"));
  }

  @AfterAll
  static void stop() throws Exception {
    Path data = Path.of(show("data_directory"));
    server.close();
    assertThat(data.getParent()).as("a temporary server leaves nothing").doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "fsync, on",
    "synchronous_commit, on",
    "full_page_writes, on",
    "data_checksums, on",
    "listen_addresses, 127.0.0.1",
    "unix_socket_directories, ''",
    "max_prepared_transactions, 0",
    "max_connections, 100",
    "log_timezone, UTC",
  })
  void runsWith(String setting, String value) throws SQLException {
    assertThat(show(setting)).isEqualTo(value);
  }

  @Test
  void isPostgres17() throws SQLException {
    assertThat(show("server_version")).startsWith("17.");
  }

  @Test
  void answersOnLoopbackOnly() throws IOException {
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .toList();
    for (InetAddress other : others) {
      assertThatThrownBy(() -> new Socket(other, server.port()).close())
          .isInstanceOf(IOException.class);
    }
    new Socket(InetAddress.getLoopbackAddress(), server.port()).close();
  }

  @Test
  void rolesCannotEnterEachOthersDatabasesNorPostgresOwn() throws SQLException {
    LocalDatabase budget = server.createDatabase("budget", "budget_owner", PASSWORD);
    LocalDatabase usage = server.createDatabase("usage", "usage_owner", PASSWORD);
    assertThat(Sql.value(budget, "SELECT current_user")).isEqualTo("budget_owner");
    assertThat(Sql.value(usage, "SELECT current_user")).isEqualTo("usage_owner");

    for (String other : List.of("usage", "postgres", "template1")) {
      String url = server.superuser(other).jdbcUrl();
      assertThatThrownBy(
              () -> Sql.value(new LocalDatabase(url, "budget_owner", PASSWORD), "SELECT 1"))
          .hasMessageContaining("permission denied for database");
    }
  }

  @Test
  void rolesHaveNoPrivilegeButTheirDatabase() throws SQLException {
    LocalDatabase least = server.createDatabase("least", "least_owner", PASSWORD);
    assertThat(
            Sql.value(
                least,
                """
                SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls
                FROM pg_roles WHERE rolname = current_user
                """))
        .isEqualTo("f");
    Sql.run(least, "CREATE TABLE own (id int)");
  }

  @Test
  void passwordIsChecked() {
    LocalDatabase real = server.createDatabase("locked", "locked_owner", PASSWORD);
    LocalDatabase guessed = new LocalDatabase(real.jdbcUrl(), real.username(), "guessed");
    assertThatThrownBy(() -> Sql.value(guessed, "SELECT 1"))
        .hasMessageContaining("password authentication failed");
    assertThat(real.toString()).doesNotContain(PASSWORD);
  }

  @Test
  void creatingAgainKeepsDataAndTakesNewPassword() throws SQLException {
    LocalDatabase first = server.createDatabase("twice", "twice_owner", PASSWORD);
    Sql.run(first, "CREATE TABLE kept AS SELECT 7 AS value");

    LocalDatabase second = server.createDatabase("twice", "twice_owner", "another-password");

    assertThat(Sql.value(second, "SELECT value FROM kept")).isEqualTo("7");
    assertThatThrownBy(() -> Sql.value(first, "SELECT 1"))
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void databaseOfAnotherOwnerIsRefused() {
    server.createDatabase("mine", "mine_owner", PASSWORD);
    assertThatThrownBy(() -> server.createDatabase("mine", "thief", PASSWORD))
        .isInstanceOf(LocalPostgresException.class)
        .hasMessageContaining("belongs to mine_owner (expected: thief)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Upper",
        "1st",
        "a-b",
        "a\"; DROP ROLE x; --",
        "postgres",
        "pg_x",
        "template9"
      })
  void namesAreChecked(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> server.createDatabase(name, "fine_owner", PASSWORD))
        .withMessageStartingWith("database: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> server.createDatabase("fine", name, PASSWORD))
        .withMessageStartingWith("role: ");
  }

  @Test
  void shortPasswordIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> server.createDatabase("fine", "fine_owner", "short"))
        .withMessageContaining("5 characters (expected: >= 8)");
  }

  @Test
  void takenPortIsNamed(@TempDir Path directory) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LocalPostgresOptions options =
          LocalPostgresOptions.keptIn(directory)
              .withPort(taken.getLocalPort())
              .withStartTimeout(Duration.ofSeconds(5));
      assertThatThrownBy(() -> LocalPostgres.start(options))
          .isInstanceOf(LocalPostgresException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("Address already in use");
    }
    // The failed start holds neither the directory nor a process.
    LocalPostgres.start(LocalPostgresOptions.keptIn(directory)).close();
  }

  @Test
  void settingUnknownToPostgresIsNamed(@TempDir Path directory) {
    LocalPostgresOptions options =
        LocalPostgresOptions.keptIn(directory).withSetting("max_wishes", "3");
    assertThatThrownBy(() -> LocalPostgres.start(options))
        .isInstanceOf(LocalPostgresException.class)
        .hasMessageContaining("unrecognized configuration parameter \"max_wishes\"");
  }

  private static String show(String setting) throws SQLException {
    return Sql.value(server.superuser("postgres"), "SHOW " + setting);
  }
}
