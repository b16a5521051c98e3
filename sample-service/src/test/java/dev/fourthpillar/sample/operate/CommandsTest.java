package dev.fourthpillar.sample.operate;

import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.NOT_SERVING;
import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.localdb.LocalPostgres;
import dev.fourthpillar.localdb.LocalPostgresOptions;
import dev.fourthpillar.sample.operate.OperatedSample.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a service's program, as an init container, a replica and a test pod use them. */
class CommandsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 64;
  private static final int CONFIG = 78;

  private static LocalPostgres postgres;

  @TempDir private Path folder;

  @BeforeAll
  static void startDatabase() {
    postgres = LocalPostgres.start(LocalPostgresOptions.temporary());
  }

  @AfterAll
  static void stopDatabase() {
    postgres.close();
  }

  @Test
  void theRoleThatServesNeedsNoRightToChangeTheSchema() throws Exception {
    LocalDatabase owner = postgres.createDatabase("split", "split_owner", "local-secret");
    LocalDatabase server = new LocalDatabase(owner.jdbcUrl(), "split_server", "server-secret");
    Sql.run(
        postgres.superuser("split"),
        "create role split_server login password 'server-secret'",
        "grant connect on database split to split_server");
    Settings migrating = settings(owner).with("fourthpillar.migration.grant-to", server.username());
    Settings serving = settings(server).with("flyway.datasources.default.enabled", false);

    try (OperatedSample sample = OperatedSample.start(serving)) {
      SampleClient client = sample.client();
      assertThat(client.health("")).isEqualTo(NOT_SERVING);
      assertThat(client.get("/health/liveness").statusCode()).as("it lives").isEqualTo(200);
      assertThat(run(serving, "check").exit()).as("check of what is not ready").isEqualTo(FAILED);

      assertThat(run(migrating, "migrate").exit()).isEqualTo(OK);
      await().atMost(PATIENCE).until(() -> client.health("") == SERVING);
      client.pockets(client.token(Role.FINANCE)).putInPocket(SampleClient.oneDollar("once"));
      await()
          .alias("an event is given its position")
          .atMost(PATIENCE)
          .until(() -> client.get("/prometheus").body().contains("feed_sequenced_total 1.0"));

      Finished check = run(serving, "check");
      assertThat(check.exit()).as(check.output()).isEqualTo(OK);
      assertThat(check.output()).contains("is SERVING", "has a feed of 64 partitions");
      assertThatThrownBy(() -> Sql.run(server, "create table mine (id int)"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> Sql.run(server, "delete from flyway_schema_history"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void severalMigrateAtOnceAndOneOfThemWorks() throws Exception {
    LocalDatabase database = postgres.createDatabase("atonce", "atonce", "local-secret");
    List<SampleProcess> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(SampleProcess.command(settings(database), "text", "migrate"));
    }
    List<String> lines = new ArrayList<>();
    for (SampleProcess one : all) {
      try (one) {
        assertThat(one.awaitExit(PATIENCE)).as(String.join("\n", one.lines())).isEqualTo(OK);
        lines.addAll(one.lines());
      }
    }
    assertThat(lines.stream().filter(line -> line.contains("migrations applied")).toList())
        .hasSize(3)
        .filteredOn(line -> line.contains(" 0 migrations applied"))
        .hasSize(2);
  }

  @Test
  void whatCannotBeDoneIsToldInOneLine() throws Exception {
    LocalDatabase nowhere =
        new LocalDatabase("jdbc:postgresql://127.0.0.1:1/none", "none", "secret");
    assertRefused(run(settings(nowhere), "migrate"), FAILED, "migrate: ");
    assertRefused(run(settings(nowhere), "check"), FAILED, "check: dns:///127.0.0.1:");
    assertRefused(
        run(settings(nowhere), "destroy"),
        USAGE,
        "destroy: no such command (expected: serve, migrate, check)");
    assertRefused(
        run(settings(nowhere).without("datasources.default.url"), "migrate"),
        CONFIG,
        "refusing to migrate: datasources.default.url: not set (expected: ");
    assertRefused(
        run(settings(nowhere).with("fourthpillar.migration.lock-timeout", "soon"), "migrate"),
        CONFIG,
        "refusing to migrate: fourthpillar.migration.lock-timeout: soon (expected: a duration");
  }

  private static void assertRefused(Finished finished, int exit, String line) {
    assertThat(finished.exit()).as(finished.output()).isEqualTo(exit);
    assertThat(finished.output().lines().filter(written -> written.contains(" ERROR ")))
        .singleElement()
        .asString()
        .contains(line);
    assertThat(finished.output()).doesNotContain("\tat ");
  }

  private Settings settings(LocalDatabase database) {
    return Settings.of(database, folder.resolve("issuer.jwks"));
  }

  private record Finished(int exit, String output) {}

  private static Finished run(Settings settings, String command) throws InterruptedException {
    try (SampleProcess process = SampleProcess.command(settings, "text", command)) {
      int exit = process.awaitExit(PATIENCE);
      return new Finished(exit, String.join("\n", process.lines()));
    }
  }
}
