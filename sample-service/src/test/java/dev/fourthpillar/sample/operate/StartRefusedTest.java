package dev.fourthpillar.sample.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.sample.operate.OperatedSample.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is configured wrongly does not start, and says in one line what is wrong. */
class StartRefusedTest {
  /** sysexits(3): EX_CONFIG. */
  private static final int EXIT_CONFIG = 78;

  /** Nothing listens there: a wrong configuration is refused before the database is asked. */
  private static final LocalDatabase NOWHERE =
      new LocalDatabase("jdbc:postgresql://127.0.0.1:1/none", "none", "secret");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fourthpillar.auth.mode           | issuer  | fourthpillar.auth.issuer: not set (expected: the issuer of the tokens
          grpc.server.host                 | 0.0.0.0 | grpc.server.host: 0.0.0.0 (expected: a loopback address
          fourthpillar.drain.balancer-wait | 1h      | fourthpillar.drain.balancer-wait: PT1H (expected: between PT0S and PT5M)
          fourthpillar.edge.max-open-streams | many  | fourthpillar.edge.max-open-streams: many (expected: a value of type int)
          fourthpillar.edge.max-streams | 5 | fourthpillar.edge.max-streams: no such key (expected: one of [default-deadline,
          fourthpillar.feed.retention | 1h | fourthpillar.feed.retention: PT1H (expected: 1 to 90 days)
          """)
  void aWrongValueEndsTheStart(String key, String value, String line) throws Exception {
    Settings settings = Settings.of(NOWHERE, folder.resolve("issuer.jwks")).with(key, value);
    try (SampleProcess process = SampleProcess.launch(settings, "text")) {
      int exit = process.awaitExit(Duration.ofMinutes(1));
      List<String> errors =
          process.lines().stream().filter(written -> !written.contains(" INFO ")).toList();
      assertThat(exit).as(() -> String.join("\n", process.lines())).isEqualTo(EXIT_CONFIG);
      assertThat(errors).singleElement().asString().contains("refusing to start: " + line);
    }
  }
}
