package dev.fourthpillar.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.TestService;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import org.junit.jupiter.api.Test;

/** From an empty database to a replica that serves. */
@PostgresTest
class StartTest {

  @Test
  void anEmptyDatabaseIsMigratedAndServed(TestDatabase database) {
    try (TestService service = TestService.start(database)) {
      var health = HealthGrpc.newBlockingStub(service.channel());

      await()
          .untilAsserted(
              () ->
                  assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
                      .isEqualTo(ServingStatus.SERVING));
    }
  }
}
