package dev.fourthpillar.sample.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.sample.operate.OperatedSample.Settings;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/architecture/edge.md promises about metrics stands in a real scrape. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/sample"})
class MetricsTest {
  private static final Path PAGE = Path.of("../docs/architecture/edge.md");

  @TempDir private Path folder;

  @Test
  void theScrapeHasEveryMetricOfThePage(TestDatabase database) throws Exception {
    Settings settings =
        Settings.of(
            new LocalDatabase(database.jdbcUrl(), database.username(), database.password()),
            folder.resolve("issuer.jwks"));
    try (OperatedSample sample = OperatedSample.start(settings)) {
      SampleClient client = sample.client();
      client.pockets(client.token(Role.FINANCE)).putInPocket(SampleClient.oneDollar("1"));
      assertThatThrownBy(
              () ->
                  client
                      .pockets(client.token(Role.AUDITOR))
                      .putInPocket(SampleClient.oneDollar("2")))
          .hasMessageContaining("PERMISSION_DENIED");

      List<String> names =
          Files.readAllLines(PAGE).stream()
              .filter(line -> line.matches("\\| `(grpc|fourthpillar)_.*"))
              .map(line -> line.substring(3, line.indexOf('`', 3)))
              .toList();
      assertThat(names).hasSizeGreaterThan(5);
      assertThat(series(client))
          .allSatisfy(line -> assertThat(line).doesNotContain("ada"))
          .satisfies(
              all ->
                  assertThat(names)
                      .allSatisfy(
                          name ->
                              assertThat(all)
                                  .anyMatch(line -> line.matches(name + "(\\{.*)? .*"))));
      assertThat(series(client))
          .contains(
              "fourthpillar_failures_total{reason=\"ROLE_MISSING\"} 1.0",
              "fourthpillar_failures_total{reason=\"INTERNAL\"} 0.0",
              "fourthpillar_calls_active{kind=\"calls\"} 0.0")
          .anyMatch(
              line ->
                  line.startsWith("grpc_server_processing_duration_seconds_count{")
                      && line.contains("method=\"PutInPocket\"")
                      && line.contains("statusCode=\"PERMISSION_DENIED\"")
                      && line.endsWith(" 1"));
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(series(client)).contains("fourthpillar_feed_sequenced_total 1.0"));
    }
  }

  private static List<String> series(SampleClient client) throws Exception {
    return client
        .get("/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith("grpc_") || line.startsWith("fourthpillar_"))
        .toList();
  }
}
