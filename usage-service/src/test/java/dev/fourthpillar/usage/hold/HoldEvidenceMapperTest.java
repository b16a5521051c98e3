package dev.fourthpillar.usage.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.events.v1.HoldAttempt;
import dev.fourthpillar.events.v1.HoldOutcome;
import dev.fourthpillar.events.v1.HoldSettled;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.Captures;
import dev.fourthpillar.usage.LogFixture;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.unit.HoldMatch;
import dev.fourthpillar.usage.unit.Unit;
import dev.fourthpillar.usage.unit.UnitBook;
import dev.fourthpillar.usage.unit.UnitEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A hold that has ended says which calls it paid for. */
class HoldEvidenceMapperTest {
  private static final Instant RESERVED = Instant.parse("2026-11-20T15:59:00Z");

  @Test
  void anAttemptIsOneCallWithTheToolsTelemetryOfTheSameRequest() {
    List<Evidence> attempts =
        HoldEvidenceMapper.fromProto(
            hold(1, attempt(1, "req_1", 1000), attempt(2, "req_2", 2000)), Captures.RECEIVED_AT);
    Evidence telemetry = Captures.read(LogFixture.claude("req_2").export()).counted().getFirst();
    UnitBook book = new UnitBook();
    attempts.forEach(book::accept);
    book.accept(telemetry);

    assertThat(book.units()).hasSize(2);
    Unit second = book.units().getLast();
    // The gateway stands nearer to the provider than the tool.
    assertThat(second.quantities().counts())
        .containsOnly(java.util.Map.entry(TokenMeter.INPUT, 2000L));
    assertThat(second.attribution()).isEqualTo(telemetry);
    UnitEvidence stored =
        new UnitEvidence(2, OptionalLong.empty(), List.of(attempts.get(1), telemetry));
    assertThat(stored.holdMatch()).contains(HoldMatch.PROVIDER_ID);
    assertThat(stored.settledHold().orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void theLatestAccountOfAnAttemptCounts() {
    Evidence estimated =
        HoldEvidenceMapper.fromProto(
                hold(1, HoldAttempt.newBuilder().setAttempt(1).setProvider("anthropic").build()),
                Captures.RECEIVED_AT)
            .getFirst();
    Evidence first =
        HoldEvidenceMapper.fromProto(hold(2, attempt(1, "req_1", 1000)), Captures.RECEIVED_AT)
            .getFirst();
    Evidence later =
        HoldEvidenceMapper.fromProto(hold(3, attempt(1, "req_1", 900)), Captures.RECEIVED_AT)
            .getFirst();

    for (List<Evidence> order :
        List.of(List.of(estimated, first, later), List.of(later, first, estimated))) {
      UnitBook book = new UnitBook();
      order.forEach(book::accept);
      assertThat(book.units())
          .singleElement()
          .satisfies(unit -> assertThat(unit.quantities().totalTokens()).isEqualTo(900));
    }
  }

  @Test
  void theCallBeganWhenItWasReserved() {
    Evidence evidence =
        HoldEvidenceMapper.fromProto(hold(1, attempt(1, "req_1", 5)), Captures.RECEIVED_AT)
            .getFirst();

    assertThat(evidence.eventTime()).isEqualTo(RESERVED);
    assertThat(
            HoldEvidenceMapper.fromProto(
                    hold(1, attempt(1, "req_1", 5)), RESERVED.minus(Duration.ofSeconds(1)))
                .getFirst()
                .eventTime())
        .isEqualTo(RESERVED.minus(Duration.ofSeconds(1)));
    assertThat(evidence.dimensions().project()).contains("apollo");
    assertThat(evidence.tool()).isEqualTo("gateway");
  }

  private static HoldSettled hold(long sequence, HoldAttempt... attempts) {
    return HoldSettled.newBuilder()
        .setHoldId("hold-1")
        .setEngineer("ada")
        .setSettlementSequence(sequence)
        .setReserveTime(TimestampMapper.toProto(RESERVED))
        .setEndTime(TimestampMapper.toProto(RESERVED.plusSeconds(90)))
        .setOutcome(HoldOutcome.HOLD_OUTCOME_SETTLED)
        .setProject("apollo")
        .setTool("gateway")
        .addAllAttempts(List.of(attempts))
        .build();
  }

  private static HoldAttempt attempt(int number, String requestId, long input) {
    return HoldAttempt.newBuilder()
        .setAttempt(number)
        .setProvider("anthropic")
        .setModel("claude-sonnet-4-5")
        .addIds(requestId)
        .addQuantities(MeterQuantity.newBuilder().setMeter("input").setQuantity(input))
        .build();
  }
}
