package dev.fourthpillar.usage.unmatched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.events.v1.HoldOutcome;
import dev.fourthpillar.events.v1.SettlementCause;
import dev.fourthpillar.events.v1.UsageLine;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.usage.LogFixture;
import dev.fourthpillar.usage.receive.Sender;
import dev.fourthpillar.usage.settle.Usages;
import dev.fourthpillar.usage.settle.World;
import dev.fourthpillar.usage.v1.DecideUnmatchedRequest;
import dev.fourthpillar.usage.v1.ListUnmatchedPoliciesRequest;
import dev.fourthpillar.usage.v1.ListUnmatchedRequest;
import dev.fourthpillar.usage.v1.ReconciliationServiceGrpc;
import dev.fourthpillar.usage.v1.ReconciliationServiceGrpc.ReconciliationServiceBlockingStub;
import dev.fourthpillar.usage.v1.SetUnmatchedPolicyRequest;
import dev.fourthpillar.usage.v1.UnmatchedDecision;
import dev.fourthpillar.usage.v1.UnmatchedFilter;
import dev.fourthpillar.usage.v1.UnmatchedPolicy;
import dev.fourthpillar.usage.v1.UnmatchedUsage;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.proto.common.v1.AnyValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What finds no hold. A call is 1,000 in and 200 out of Opus 4.5: 0.010 dollars. */
@PostgresTest
class UnmatchedTest {
  private static final long CALL = 10_000_000L;

  private static World world;
  private static ReconciliationServiceBlockingStub reconciliation;

  @BeforeAll
  static void start(TestDatabase database) {
    world = World.start(database, Map.of("fourthpillar.gateways.known", "any"));
    reconciliation =
        world
            .service()
            .stub(
                ReconciliationServiceGrpc::newBlockingStub,
                world.service().as("fin", Role.FINANCE));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void adaIsKnown() {
    world.onlyAda();
  }

  @AfterEach
  void sumsAndChargesAreThoseOfTheUnits() {
    world.addsUp();
  }

  @Test
  void whatIsToBeReviewedWaitsIsListedAndChargedByOneCommand() {
    policy("ada", "claude-code", UnmatchedPolicy.UNMATCHED_POLICY_WAIT_THEN_REVIEW);
    world.report(Usages.call("req_1"), Usages.call("req_2"));
    assertThat(world.states()).isEqualTo(Map.of("WAITING", 2L));
    assertThat(waiting()).isEmpty();

    world.sweep();

    assertThat(world.charged()).isEmpty();
    assertThat(waiting())
        .extracting(UnmatchedUsage::getEngineer, UnmatchedUsage::getTool, UnmatchedUsage::getModel)
        .containsOnly(org.assertj.core.groups.Tuple.tuple("ada", "claude-code", "claude-opus-4-5"));
    assertThat(World.nanos(waiting().getFirst().getListAmount())).isEqualTo(CALL);
    assertThat(decide(UnmatchedDecision.UNMATCHED_DECISION_CHARGE, "ada")).isEqualTo(2);
    world.sweep();

    assertThat(world.charged()).isEqualTo(Map.of("ada", 2 * CALL));
    assertThat(world.lines("ada"))
        .extracting(UsageLine::getCause)
        .containsOnly(SettlementCause.SETTLEMENT_CAUSE_REVIEWED);
    assertThat(waiting()).isEmpty();
    assertThat(decide(UnmatchedDecision.UNMATCHED_DECISION_CHARGE, "ada")).isZero();
  }

  /** The tool says that it talks to another address than its provider's, and may be faster. */
  @Test
  void whatGoesThroughAKnownGatewayWaitsForItsHold() {
    try (Sender tool = Sender.shared(world.service())) {
      LogFixture call = call("req_1");
      tool.grpc(call.export(), "identity");
      assertThat(world.states()).isEqualTo(Map.of("SETTLED", 1L));
      tool.grpc(
          call("req_2")
              .with("anthropic.custom_base_url", AnyValue.newBuilder().setBoolValue(true).build())
              .export(),
          "identity");
      assertThat(world.states()).isEqualTo(Map.of("SETTLED", 1L, "WAITING", 1L));
    }
    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));

    world.hold(World.settled("ada", "h-1", 1, HoldOutcome.HOLD_OUTCOME_SETTLED, CALL, "req_2"));
    world.sweep();

    // The hold has booked all that the second one is worth.
    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 2L));
    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));
  }

  private static LogFixture call(String request) {
    return LogFixture.claude(request)
        .at(Instant.now().toString())
        .with("user.email", "ada@example.com")
        .with("model", "claude-opus-4-5")
        .with("input_tokens", 1_000)
        .with("output_tokens", 200)
        .without(
            "cache_read_tokens",
            "cache_creation_tokens",
            "cache_creation_5m_tokens",
            "cache_creation_1h_tokens");
  }

  @Test
  void whatIsDismissedCountsNowhere() {
    policy("ada", "", UnmatchedPolicy.UNMATCHED_POLICY_WAIT_THEN_REVIEW);
    world.report(Usages.call("req_1"));
    world.sweep();
    String unit = waiting().getFirst().getUnitId();

    int decided =
        reconciliation
            .decideUnmatched(
                DecideUnmatchedRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setDecision(UnmatchedDecision.UNMATCHED_DECISION_DISMISS)
                    .addUnitIds(unit)
                    .build())
            .getDecidedCount();
    world.sweep();

    assertThat(decided).isEqualTo(1);
    assertThat(world.states()).isEqualTo(Map.of("SUPPRESSED", 1L));
    assertThat(world.charged()).isEmpty();
  }

  @Test
  void aPolicyThatComesAfterTheUsageEndsInTheSame() {
    world.report(Usages.call("req_1"));
    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));

    policy("ada", "claude-code", UnmatchedPolicy.UNMATCHED_POLICY_WAIT_THEN_REVIEW);
    world.sweep();
    assertThat(world.charged()).isEmpty();
    assertThat(waiting()).hasSize(1);

    policy("ada", "claude-code", UnmatchedPolicy.UNMATCHED_POLICY_UNSPECIFIED);
    world.sweep();
    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));
  }

  @Test
  void aHoldThatComesLaterCountsBeforeThePolicyAndTheDecision() {
    policy("ada", "claude-code", UnmatchedPolicy.UNMATCHED_POLICY_WAIT_THEN_REVIEW);
    world.report(Usages.call("req_1"), Usages.call("req_2"));
    world.sweep();
    decide(UnmatchedDecision.UNMATCHED_DECISION_CHARGE, "ada");
    world.sweep();
    assertThat(world.charged()).isEqualTo(Map.of("ada", 2 * CALL));

    // Booked 0.004 of a call of 0.010: what is left is charged through the hold.
    world.hold(
        World.settled("ada", "h-1", 1, HoldOutcome.HOLD_OUTCOME_SETTLED, 4_000_000L, "req_1"));
    world.sweep();

    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL + 6_000_000L));
    assertThat(world.lines("ada").getLast().getHoldId()).isEqualTo("h-1");
  }

  @Test
  void whoIsChargedAtOnceWaitsForNoHold() {
    world.hold(World.settled("ada", "h-1", 1, HoldOutcome.HOLD_OUTCOME_SETTLED, 1, "req_0"));
    world.report(Usages.call("req_1"));
    assertThat(world.states()).containsEntry("WAITING", 1L);

    policy("ada", "", UnmatchedPolicy.UNMATCHED_POLICY_CHARGE_NOW);
    world.report(Usages.call("req_2"));

    assertThat(world.charged()).containsEntry("ada", CALL);
  }

  @Test
  void theEngineersPolicyCountsBeforeTheCredentialsAndOnlyFromItsTimeOn() {
    Usages sent = Usages.call("req_1").with("gateway-key");
    reconciliation.setUnmatchedPolicy(
        request(UnmatchedPolicy.UNMATCHED_POLICY_WAIT_THEN_REVIEW)
            .setCredential("gateway-key")
            .build());
    world.report(sent);
    world.sweep();
    assertThat(waiting()).hasSize(1);

    reconciliation.setUnmatchedPolicy(
        request(UnmatchedPolicy.UNMATCHED_POLICY_CHARGE_NOW)
            .setEngineer("ada")
            .setEffectiveTime(seconds(Usages.AT.plusSeconds(1)))
            .build());
    world.sweep();
    assertThat(waiting()).hasSize(1);

    reconciliation.setUnmatchedPolicy(
        request(UnmatchedPolicy.UNMATCHED_POLICY_CHARGE_NOW)
            .setEngineer("ada")
            .setEffectiveTime(seconds(Usages.AT))
            .build());
    world.sweep();
    assertThat(waiting()).isEmpty();
    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));
    assertThat(
            reconciliation
                .listUnmatchedPolicies(ListUnmatchedPoliciesRequest.getDefaultInstance())
                .getRulesList())
        .extracting(rule -> rule.getEngineer() + rule.getCredential() + " " + rule.getAuthor())
        .containsExactly("gateway-key fin", "ada fin", "ada fin");
  }

  @Test
  void wrongRequestsAreRefusedByName() {
    assertThatThrownBy(
            () ->
                reconciliation.setUnmatchedPolicy(
                    request(UnmatchedPolicy.UNMATCHED_POLICY_CHARGE_NOW).build()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("engineer");
    assertThatThrownBy(
            () ->
                reconciliation.decideUnmatched(
                    DecideUnmatchedRequest.newBuilder()
                        .setRequestId("r")
                        .setDecision(UnmatchedDecision.UNMATCHED_DECISION_CHARGE)
                        .build()))
        .hasMessageContaining("unit_ids");
    ReconciliationServiceBlockingStub sender =
        world
            .service()
            .stub(
                ReconciliationServiceGrpc::newBlockingStub,
                world.service().as("sender", Role.INGEST));
    assertThatThrownBy(() -> sender.listUnmatched(ListUnmatchedRequest.getDefaultInstance()))
        .hasMessageContaining("PERMISSION_DENIED");
  }

  private static Timestamp seconds(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  private static SetUnmatchedPolicyRequest.Builder request(UnmatchedPolicy policy) {
    return SetUnmatchedPolicyRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setPolicy(policy);
  }

  private static void policy(String engineer, String tool, UnmatchedPolicy policy) {
    reconciliation.setUnmatchedPolicy(request(policy).setEngineer(engineer).setTool(tool).build());
  }

  private static List<UnmatchedUsage> waiting() {
    return reconciliation
        .listUnmatched(ListUnmatchedRequest.newBuilder().setEngineer("ada").build())
        .getUsagesList();
  }

  private static int decide(UnmatchedDecision decision, String engineer) {
    return reconciliation
        .decideUnmatched(
            DecideUnmatchedRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setDecision(decision)
                .setFilter(UnmatchedFilter.newBuilder().setEngineer(engineer))
                .build())
        .getDecidedCount();
  }
}
