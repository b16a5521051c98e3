package dev.fourthpillar.sample;

import static dev.fourthpillar.sample.Puts.get;
import static dev.fourthpillar.sample.Puts.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.sample.v1.EchoRequest;
import dev.fourthpillar.sample.v1.PocketServiceGrpc;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.Refusal;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may call what, over the wire. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/sample"})
final class CallersTest {
  private static final String PUT = "fourthpillar.sample.v1.PocketService/PutInPocket";
  private static SampleServer server;

  @BeforeAll
  static void start(TestDatabase database) {
    server = SampleServer.start(database);
    var _ = server.pockets(server.finance()).putInPocket(put("seed", "ada", "holiday", 5));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void withoutTokenNobodyIsServed() {
    Refusal refusal =
        Refusal.of(
            () ->
                PocketServiceGrpc.newBlockingStub(server.channel())
                    .getPocket(get("ada", "holiday")));

    assertThat(refusal.code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refusal.reason()).isEqualTo("TOKEN_MISSING");
    assertThat(refusal.domain()).isEqualTo("fourthpillar.dev");
  }

  @Test
  void aBadTokenIsRefusedEvenWhereAnybodyMayCall() {
    Refusal refusal =
        Refusal.of(
            () -> server.echo(new BearerToken("a.b.c")).echo(EchoRequest.getDefaultInstance()));

    assertThat(refusal.code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refusal.reason()).isEqualTo("TOKEN_INVALID");
    assertThat(refusal.metadata())
        .isEqualTo(
            Map.of("expected_issuer", "fourthpillar-local", "expected_audience", "fourthpillar"));
  }

  @Test
  void aWrongRoleLearnsTheRightOnes() {
    Refusal refusal =
        Refusal.of(
            () ->
                server
                    .pockets(server.as("gw", Role.GATEWAY, Role.INGEST))
                    .putInPocket(put("r1", "ada", "holiday", 5)));

    assertThat(refusal.code()).isEqualTo(Code.PERMISSION_DENIED);
    assertThat(refusal.reason()).isEqualTo("ROLE_MISSING");
    assertThat(refusal.metadata())
        .isEqualTo(
            Map.of(
                "method", PUT,
                "expected_roles", "FINANCE, SERVICE",
                "caller_roles", "GATEWAY, INGEST"));
  }

  @Test
  void anEngineerReadsOwnPocketsAndNobodyElses() {
    var ada = server.pockets(server.engineer("ada"));
    var grace = server.pockets(server.engineer("grace"));

    assertThat(ada.getPocket(get("ada", "holiday")).getPocket().getBalance().getUnits())
        .isEqualTo(5);
    Refusal there = Refusal.of(() -> grace.getPocket(get("ada", "holiday")));
    Refusal notThere = Refusal.of(() -> grace.getPocket(get("nobody", "nothing")));
    assertThat(there.code()).isEqualTo(Code.PERMISSION_DENIED);
    assertThat(there.reason()).isEqualTo("NOT_OWN_DATA");
    assertThat(there.metadata()).containsEntry("field", "engineer");
    assertThat(there).as("whether it exists is not told").isEqualTo(notThere);
  }

  @Test
  void theRoleEngineerWithoutAnEngineerIdReadsNothing() {
    Refusal refusal =
        Refusal.of(
            () -> server.pockets(server.as("ada", Role.ENGINEER)).getPocket(get("ada", "holiday")));

    assertThat(refusal.reason()).isEqualTo("ROLE_MISSING");
  }

  @Test
  void whoHasNoRoleMayStillCallWhatAnybodyMay() {
    ByteString payload = ByteString.copyFromUtf8("hello");

    assertThat(
            server
                .echo(server.as("anybody"))
                .echo(EchoRequest.newBuilder().setPayload(payload).build())
                .getPayload())
        .isEqualTo(payload);
  }

  @Test
  void healthNeedsNoToken() {
    assertThat(
            HealthGrpc.newBlockingStub(server.channel())
                .check(
                    HealthCheckRequest.newBuilder()
                        .setService("fourthpillar.sample.v1.PocketService")
                        .build())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void reflectionNeedsAToken() throws Exception {
    var stub = ServerReflectionGrpc.newStub(server.channel());

    assertThat(Refusal.of(failureOf(stub)).reason()).isEqualTo("TOKEN_MISSING");
    assertThat(services(stub.withCallCredentials(server.as("anybody"))).get(10, TimeUnit.SECONDS))
        .extracting(
            response ->
                response.getListServicesResponse().getServiceList().stream()
                    .map(service -> service.getName())
                    .toList())
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
        .contains(
            "fourthpillar.sample.v1.PocketService",
            "fourthpillar.sample.v1.EchoService",
            "fourthpillar.events.v1.EventFeedService",
            "grpc.health.v1.Health");
  }

  private static StatusRuntimeException failureOf(ServerReflectionGrpc.ServerReflectionStub stub)
      throws Exception {
    return (StatusRuntimeException)
        services(stub).handle((_, thrown) -> thrown).get(10, TimeUnit.SECONDS);
  }

  private static CompletableFuture<ServerReflectionResponse> services(
      ServerReflectionGrpc.ServerReflectionStub stub) {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> requests =
        stub.serverReflectionInfo(
            new StreamObserver<>() {
              @Override
              public void onNext(ServerReflectionResponse response) {
                answer.complete(response);
              }

              @Override
              public void onError(Throwable thrown) {
                answer.completeExceptionally(thrown);
              }

              @Override
              public void onCompleted() {
                answer.completeExceptionally(new AssertionError("no answer"));
              }
            });
    requests.onNext(ServerReflectionRequest.newBuilder().setListServices("*").build());
    requests.onCompleted();
    return answer;
  }
}
