package dev.fourthpillar.usage.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.TestService;
import dev.fourthpillar.usage.Captures;
import dev.fourthpillar.usage.Tokens;
import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.replay.Retiming;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How old telemetry may be is a setting: a run that was recorded 300 days ago counts where the
 * window is longer, once however often it is sent, and is kept as rejected where it is not.
 */
@PostgresTest
class DeduplicationWindowTest {
  @Test
  void whatIsInsideTheWindowCountsOnce(TestDatabase database) {
    try (TestService service =
            TestService.start(
                database.another(), Map.of("fourthpillar.deduplication.window", "400d"));
        Sender sender = Sender.shared(service)) {
      StoredUsage stored = new StoredUsage(service);
      for (int twice = 0; twice < 2; twice++) {
        old().forEach(export -> sender.grpc(export, "gzip"));
      }

      assertThat(stored.byModel()).isEqualTo(Tokens.expectedByModel("codex-identity"));
      assertThat(stored.rejections()).isEmpty();
    }
  }

  @Test
  void whatIsOlderIsKeptAsRejected(TestDatabase database) {
    try (TestService service = TestService.start(database.another());
        Sender sender = Sender.shared(service)) {
      StoredUsage stored = new StoredUsage(service);
      old().forEach(export -> sender.grpc(export, "gzip"));

      assertThat(stored.units()).isEmpty();
      assertThat(stored.rejections())
          .isNotEmpty()
          .allMatch(rejection -> rejection.startsWith("TOO_OLD_TO_DEDUPLICATE"));
    }
  }

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private List<ExportRequest> old() {
    Duration shift = Duration.between(Captures.RECEIVED_AT, now.minus(Duration.ofDays(300)));
    Retiming retiming = new Retiming(shift, "run");
    return Captures.exports("codex-identity", OtlpEncoding.PROTOBUF).stream()
        .map(retiming::apply)
        .toList();
  }
}
