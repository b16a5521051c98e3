package dev.fourthpillar.budget.settled;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.type.Money;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.cap.CapScope;
import dev.fourthpillar.budget.charge.ChargeCause;
import dev.fourthpillar.budget.settled.UsageLine.Cause;
import dev.fourthpillar.events.v1.ChargeBooked;
import dev.fourthpillar.events.v1.SettlementCause;
import dev.fourthpillar.events.v1.UsageSettled;
import dev.fourthpillar.type.v1.PayerKind;
import java.time.Instant;
import java.util.Set;

/** Lines of usage between the contract and the domain. */
final class UsageMapper {
  private UsageMapper() {}

  static UsageBatch fromProto(UsageSettled event) {
    return new UsageBatch(
        event.getEngineer(),
        event.getPseudonymous(),
        event.getFirst(),
        event.getLast(),
        event.getLinesList().stream().map(UsageMapper::line).toList());
  }

  /** A line that waits, as far as booking needs it. */
  static byte[] toBytes(UsageLine line) {
    String[] model = line.scope().models().stream().findFirst().orElse("/").split("/", 2);
    return dev.fourthpillar.events.v1.UsageLine.newBuilder()
        .setProvider(model[0])
        .setModel(model[1])
        .setTool(line.scope().tool())
        .setProject(line.scope().project())
        .setNumber(line.number())
        .setCause(toProto(line.cause()))
        .setUsageMinute(TimestampMapper.toProto(line.minute()))
        .setListAmount(MoneyMapper.toProto(line.list()))
        .setEmployerAmount(MoneyMapper.toProto(line.employer()))
        .setRevision(line.revision())
        .setHoldId(line.holdId())
        .setAttempt(line.attempt())
        .setPayerKind(
            line.employerPays() ? PayerKind.PAYER_KIND_EMPLOYER : PayerKind.PAYER_KIND_OWN)
        .build()
        .toByteArray();
  }

  static UsageLine fromBytes(byte[] line) {
    try {
      return line(dev.fourthpillar.events.v1.UsageLine.parseFrom(line));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a kept line is none", e);
    }
  }

  /** What the employer pays where nobody's budget may be charged: told, and on no account. */
  static NewEvent employerCharge(String engineer, UsageLine line, ChargeCause cause, Instant now) {
    return NewEvent.of(
        engineer,
        0,
        ChargeBooked.newBuilder()
            .setLineId(line.lineId(engineer))
            .setEngineer(engineer)
            .setPayerKind(PayerKind.PAYER_KIND_EMPLOYER)
            .setUsageMinute(TimestampMapper.toProto(line.minute()))
            .setBookTime(TimestampMapper.toProto(now))
            .setCause(toProto(cause))
            .setListAmount(MoneyMapper.toProto(line.list()))
            .setEmployerAmount(MoneyMapper.toProto(line.employer()))
            .build());
  }

  private static UsageLine line(dev.fourthpillar.events.v1.UsageLine line) {
    Amount list = MoneyMapper.fromProto(line.getListAmount(), "list_amount");
    return new UsageLine(
        line.getNumber(),
        cause(line.getCause()),
        TimestampMapper.fromProto(line.getUsageMinute()),
        list,
        line.getEmployerAmount().equals(Money.getDefaultInstance())
            ? new Amount(list.currency(), 0)
            : MoneyMapper.fromProto(line.getEmployerAmount(), "employer_amount"),
        line.getRevision(),
        line.getHoldId(),
        line.getAttempt(),
        line.getPayerKind() == PayerKind.PAYER_KIND_EMPLOYER,
        new CapScope(
            line.getProvider().isEmpty() || line.getModel().isEmpty()
                ? Set.of()
                : Set.of(line.getProvider() + "/" + line.getModel()),
            line.getTool(),
            line.getProject(),
            Set.of()));
  }

  private static Cause cause(SettlementCause cause) {
    return switch (cause) {
      case SETTLEMENT_CAUSE_USAGE -> Cause.USAGE;
      case SETTLEMENT_CAUSE_REVISED -> Cause.REVISED;
      case SETTLEMENT_CAUSE_ATTRIBUTED -> Cause.ATTRIBUTED;
      case SETTLEMENT_CAUSE_MATCHED_HOLD -> Cause.MATCHED_HOLD;
      case SETTLEMENT_CAUSE_REPRICED -> Cause.REPRICED;
      case SETTLEMENT_CAUSE_VOIDED -> Cause.VOIDED;
      case SETTLEMENT_CAUSE_SUPPRESSED -> Cause.SUPPRESSED;
      case SETTLEMENT_CAUSE_REVIEWED -> Cause.REVIEWED;
      // A cause that is newer than this replica: the amount is the same whatever its name.
      case SETTLEMENT_CAUSE_UNSPECIFIED, UNRECOGNIZED -> Cause.REVISED;
    };
  }

  private static SettlementCause toProto(Cause cause) {
    return switch (cause) {
      case USAGE -> SettlementCause.SETTLEMENT_CAUSE_USAGE;
      case REVISED -> SettlementCause.SETTLEMENT_CAUSE_REVISED;
      case ATTRIBUTED -> SettlementCause.SETTLEMENT_CAUSE_ATTRIBUTED;
      case MATCHED_HOLD -> SettlementCause.SETTLEMENT_CAUSE_MATCHED_HOLD;
      case REPRICED -> SettlementCause.SETTLEMENT_CAUSE_REPRICED;
      case VOIDED -> SettlementCause.SETTLEMENT_CAUSE_VOIDED;
      case SUPPRESSED -> SettlementCause.SETTLEMENT_CAUSE_SUPPRESSED;
      case REVIEWED -> SettlementCause.SETTLEMENT_CAUSE_REVIEWED;
    };
  }

  private static dev.fourthpillar.events.v1.ChargeCause toProto(ChargeCause cause) {
    return switch (cause) {
      case HOLD -> dev.fourthpillar.events.v1.ChargeCause.CHARGE_CAUSE_HOLD;
      case USAGE -> dev.fourthpillar.events.v1.ChargeCause.CHARGE_CAUSE_USAGE;
      case TRUE_UP -> dev.fourthpillar.events.v1.ChargeCause.CHARGE_CAUSE_TRUE_UP;
      case CORRECTION -> dev.fourthpillar.events.v1.ChargeCause.CHARGE_CAUSE_CORRECTION;
      case REPRICED -> dev.fourthpillar.events.v1.ChargeCause.CHARGE_CAUSE_REPRICED;
    };
  }
}
