package dev.fourthpillar.sample.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.sample.operate.OperatedSample.Settings;
import dev.fourthpillar.sample.v1.PutInPocketRequest;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replica writes: JSON, with the trace, and nothing that is nobody's business. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/sample"})
class LogsTest {
  private static final String MEMO = "for-the-surprise-party";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @TempDir private Path folder;

  @Test
  void logsCarryTheTraceAndNoSecret(TestDatabase database) throws Exception {
    Settings settings =
        Settings.of(
                new LocalDatabase(database.jdbcUrl(), database.username(), database.password()),
                folder.resolve("issuer.jwks"))
            .with("logger.levels.dev.fourthpillar", "DEBUG");
    List<String> tokens = new ArrayList<>();
    List<String> lines;
    try (SampleProcess process = SampleProcess.start(settings, "json");
        SampleClient client = settings.client()) {
      String finance = client.token(Role.FINANCE);
      String auditor = client.token(Role.AUDITOR);
      String broken = finance.substring(0, finance.length() - 6) + "AAAAAA";
      tokens.addAll(List.of(finance, auditor, broken));

      PutInPocketRequest secret = SampleClient.oneDollar("party").toBuilder().setMemo(MEMO).build();
      client.pockets(finance).putInPocket(secret);
      assertThatThrownBy(() -> client.pockets(broken).putInPocket(secret))
          .hasMessageContaining("UNAUTHENTICATED");
      assertThatThrownBy(
              () ->
                  client
                      .pockets(auditor, "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                      .putInPocket(secret))
          .hasMessageContaining("PERMISSION_DENIED");

      // A defect, as far as the service can know: a rule in the database that it does not expect.
      execute(database, "alter table pocket_entry add check (memo <> '" + MEMO + "') not valid");
      assertThatThrownBy(
              () ->
                  client
                      .pockets(finance)
                      .putInPocket(secret.toBuilder().setRequestId("party-2").build()))
          .hasMessageContaining("INTERNAL: internal error");

      process.terminate();
      process.awaitExit(Duration.ofMinutes(1));
      lines = process.lines();
    }

    List<JsonNode> entries = new ArrayList<>();
    for (String line : lines) {
      entries.add(new ObjectMapper().readTree(line));
    }
    assertThat(messages(entries, "DEBUG"))
        .as("requests are logged, redacted")
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains("PocketService/PutInPocket", "lunch", "memo: [REDACTED]"));
    assertThat(messages(entries, "ERROR"))
        .as("the defect is told once")
        .singleElement()
        .asString()
        .contains("failed: INTERNAL");
    assertThat(lines)
        .allSatisfy(line -> assertThat(line).doesNotContain(MEMO).doesNotContain(tokens));
    assertThat(entries)
        .filteredOn(entry -> entry.path("formattedMessage").asText().endsWith("ROLE_MISSING"))
        .as("the line of a traced call carries its trace")
        .singleElement()
        .extracting(entry -> entry.path("mdc").path("trace_id").asText())
        .isEqualTo(TRACE);
  }

  private static List<String> messages(List<JsonNode> entries, String level) {
    return entries.stream()
        .filter(entry -> entry.path("level").asText().equals(level))
        .map(entry -> entry.path("formattedMessage").asText())
        .toList();
  }

  private static void execute(TestDatabase database, String sql) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
