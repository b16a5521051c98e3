package dev.fourthpillar.usage.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.rpc.RetryInfo;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.TestService;
import dev.fourthpillar.usage.Captures;
import dev.fourthpillar.usage.LogFixture;
import dev.fourthpillar.usage.otlp.ExportRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** The database goes away and comes back. */
@PostgresTest
class OutageTest {

  @Test
  void sendersWaitThenHearOfItAndWhatTheySentIsThereOnceAfterwards(TestDatabase database) {
    Jdbi server = Jdbi.create(database.server().superuser("postgres").dataSource());
    try (TestService service =
            TestService.start(
                database,
                Map.of(
                    "fourthpillar.otlp.outage-wait",
                    "1s",
                    "datasources.default.connection-timeout",
                    "500"));
        Sender sender = Sender.shared(service)) {
      ExportRequest one = LogFixture.claude("req_1").at(Instant.now().toString()).export();
      ExportRequest two = LogFixture.claude("req_2").at(Instant.now().toString()).export();

      server.useHandle(
          handle -> {
            handle.execute("alter database " + database.name() + " allow_connections false");
            handle.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = ?",
                database.name());
          });

      assertThatThrownBy(() -> sender.grpc(one, "identity"))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              refused -> {
                assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                assertThat(StatusProto.fromThrowable(refused).getDetailsList())
                    .anyMatch(detail -> detail.is(RetryInfo.class));
              });
      HttpResponse<byte[]> told =
          sender.post(
              "/v1/logs", "application/x-protobuf", "", Captures.message(two).toByteArray());
      assertThat(told.statusCode()).isEqualTo(503);
      assertThat(told.headers().firstValue("retry-after")).contains("1");

      server.useHandle(
          handle ->
              handle.execute("alter database " + database.name() + " allow_connections true"));
      // As a tool that sends again does: the pool needs a moment to find the database.
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
          .until(() -> sender.grpc(one, "identity") != null);

      // The second sender did not send again: what it was refused is written all the same.
      StoredUsage stored = new StoredUsage(service);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(stored.units()).hasSize(2));
      assertThat(stored.units()).allMatch(unit -> unit.evidence().size() == 1);
    }
  }
}
