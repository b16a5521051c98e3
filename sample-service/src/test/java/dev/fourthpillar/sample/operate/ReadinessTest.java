package dev.fourthpillar.sample.operate;

import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.NOT_SERVING;
import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.localdb.LocalPostgres;
import dev.fourthpillar.localdb.LocalPostgresOptions;
import dev.fourthpillar.sample.operate.OperatedSample.Settings;
import dev.fourthpillar.sample.v1.PocketServiceGrpc;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.nio.file.Path;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Probes follow the database, over gRPC and HTTP alike, and the process lives on whatever it does.
 */
class ReadinessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
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

  private Settings settings(LocalDatabase database) {
    return Settings.of(database, folder.resolve("issuer.jwks"));
  }

  @Test
  void aReplicaLosesItsDatabaseAndFindsItAgain() throws Exception {
    LocalDatabase database = postgres.createDatabase("lost", "lost", "local-secret");
    try (OperatedSample sample = OperatedSample.start(settings(database))) {
      SampleClient client = sample.client();
      assertEverywhere(client, SERVING);
      String finance = client.token(Role.FINANCE);
      client.pockets(finance).putInPocket(SampleClient.oneDollar("before"));

      postgres.kill9();
      await().atMost(PATIENCE).until(() -> client.health("") == NOT_SERVING);
      assertEverywhere(client, NOT_SERVING);
      assertThatThrownBy(
              () -> client.pockets(finance).putInPocket(SampleClient.oneDollar("during")))
          .hasMessageContaining("UNAVAILABLE");

      postgres.restart();
      await().atMost(PATIENCE).until(() -> client.health("") == SERVING);
      assertEverywhere(client, SERVING);
      var after = client.pockets(finance).putInPocket(SampleClient.oneDollar("after"));
      assertThat(after.getPocket().getVersion())
          .as("'before' is kept, 'during' never was")
          .isEqualTo(2);
    }
  }

  @Test
  void aReplicaWaitsForTheSchemaOfItsBuild() throws Exception {
    LocalDatabase database = postgres.createDatabase("behind", "behind", "local-secret");
    migrate(database, "classpath:db/feed", "classpath:db/outcome");
    Settings external = settings(database).with("flyway.datasources.default.enabled", false);
    try (OperatedSample sample = OperatedSample.start(external)) {
      SampleClient client = sample.client();
      assertEverywhere(client, NOT_SERVING);
      assertThat(client.get("/health/readiness").body())
          .as("it says what is missing")
          .contains("the database lacks migrations [V0100]");

      migrate(database, "classpath:db/feed", "classpath:db/outcome", "classpath:db/sample");
      await().atMost(PATIENCE).until(() -> client.health("") == SERVING);
      assertEverywhere(client, SERVING);
    }
  }

  @Test
  void aReplicaWaitsForItsFeedToBeMade() throws Exception {
    LocalDatabase owner = postgres.createDatabase("unmade", "unmade", "local-secret");
    migrate(owner, "classpath:db/feed", "classpath:db/outcome", "classpath:db/sample");
    // A role that may not write yet, so that the sequencer cannot make it.
    LocalDatabase reader = new LocalDatabase(owner.jdbcUrl(), "unmade_reader", "reader-secret");
    Sql.run(
        postgres.superuser("unmade"),
        "create role unmade_reader login password 'reader-secret'",
        "grant connect on database unmade to unmade_reader",
        "grant select on all tables in schema public to unmade_reader");
    Settings serving = settings(reader).with("flyway.datasources.default.enabled", false);
    try (OperatedSample sample = OperatedSample.start(serving)) {
      SampleClient client = sample.client();
      assertEverywhere(client, NOT_SERVING);
      assertThat(client.get("/health/readiness").body()).contains("the feed is not made yet");

      Sql.run(
          postgres.superuser("unmade"),
          "grant all on all tables in schema public to unmade_reader",
          "grant all on all sequences in schema public to unmade_reader",
          "grant execute on all functions in schema public to unmade_reader");
      await().atMost(PATIENCE).until(() -> client.health("") == SERVING);
      assertEverywhere(client, SERVING);
    }
  }

  @Test
  void readinessTellsOneThingAndNothingAboutTheDatabase() throws Exception {
    LocalDatabase database = postgres.createDatabase("quiet", "quiet", "local-secret");
    try (OperatedSample sample = OperatedSample.start(settings(database))) {
      String body = sample.client().get("/health/readiness").body();
      JsonNode details = new ObjectMapper().readTree(body).path("details");
      assertThat(details.fieldNames()).toIterable().containsExactly("service");
      assertThat(body).doesNotContain("jdbc", Integer.toString(postgres.port()));
    }
  }

  private static void assertEverywhere(SampleClient client, ServingStatus expected)
      throws Exception {
    assertThat(client.health("")).isEqualTo(expected);
    assertThat(client.health(PocketServiceGrpc.SERVICE_NAME)).isEqualTo(expected);
    var readiness = client.get("/health/readiness");
    assertThat(readiness.statusCode())
        .as(readiness.body())
        .isEqualTo(expected == SERVING ? 200 : 503);
    assertThat(readiness.body()).contains(expected == SERVING ? "\"UP\"" : "\"DOWN\"");
    assertThat(client.get("/health/liveness").statusCode()).as("liveness").isEqualTo(200);
  }

  private static void migrate(LocalDatabase database, String... locations) {
    Flyway.configure().dataSource(database.dataSource()).locations(locations).load().migrate();
  }
}
