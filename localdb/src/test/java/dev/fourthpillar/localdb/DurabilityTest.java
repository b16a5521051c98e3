package dev.fourthpillar.localdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityTest {

  @TempDir Path directory;

  @Test
  void commitSurvivesKillAndUncommittedWorkDoesNot() throws Exception {
    LocalDatabase ledger;
    try (LocalPostgres server = start()) {
      int port = server.port();
      ledger = server.createDatabase("ledger", "ledger_owner", "ledger-password");
      Sql.run(ledger, "CREATE TABLE entry (amount int)");
      Sql.run(ledger, "INSERT INTO entry VALUES (1)");
      try (Connection open = ledger.dataSource().getConnection();
          Statement statement = open.createStatement()) {
        open.setAutoCommit(false);
        statement.execute("INSERT INTO entry VALUES (2)");

        server.kill9();
      }
      assertThatThrownBy(() -> Sql.value(ledger, "SELECT 1")).hasMessageContaining("refused");

      server.restart();

      assertThat(server.port()).isEqualTo(port);
      assertThat(Sql.value(ledger, "SELECT string_agg(amount::text, ',') FROM entry"))
          .isEqualTo("1");
    }
    // And the next run on the directory finds it too.
    try (LocalPostgres server = start()) {
      LocalDatabase again = server.createDatabase("ledger", "ledger_owner", "ledger-password");
      assertThat(Sql.value(again, "SELECT amount FROM entry")).isEqualTo("1");
    }
  }

  @Test
  void startIsRefusedWhenServerRunsWithoutDurability() throws Exception {
    start().close();
    Path data = directory.toRealPath().resolve("data");
    for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      // What ALTER SYSTEM writes; it outranks the configuration file.
      Files.writeString(data.resolve("postgresql.auto.conf"), setting + " = off");

      assertThatThrownBy(this::start)
          .isInstanceOf(LocalPostgresException.class)
          .hasMessageContaining(setting + ": off (expected: on)");

      assertThat(Postmaster.of(data)).as("a refused start leaves no server").isEmpty();
    }
  }

  @Test
  void closeDoesNotWaitForOpenTransactions() throws Exception {
    LocalPostgres server = start();
    try (Connection open = server.superuser("postgres").dataSource().getConnection();
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("SELECT 1");
      long startNanos = System.nanoTime();

      server.close();

      assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
          .isLessThan(LocalPostgresOptions.DEFAULT_STOP_TIMEOUT);
    }
    server.close();
    assertThatThrownBy(server::kill9).hasMessageContaining("closed");
    assertThatThrownBy(server::restart).hasMessageContaining("closed");
  }

  private LocalPostgres start() {
    return LocalPostgres.start(LocalPostgresOptions.keptIn(directory));
  }
}
