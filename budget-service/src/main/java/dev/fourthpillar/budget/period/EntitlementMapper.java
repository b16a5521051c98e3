package dev.fourthpillar.budget.period;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.budget.account.AccountCommand.By;
import dev.fourthpillar.budget.period.Entitlement.Content;
import dev.fourthpillar.budget.period.Entitlement.Line;
import dev.fourthpillar.budget.period.Entitlement.Portability;
import dev.fourthpillar.budget.period.Entitlement.Recurrence;
import dev.fourthpillar.budget.period.Entitlement.Segment;
import dev.fourthpillar.events.v1.EntitlementSegment;
import dev.fourthpillar.events.v1.PortabilityRow;
import dev.fourthpillar.events.v1.QuantityEntitlement;
import dev.fourthpillar.events.v1.TokenBudgetEntitled;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.Quantities;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Entitlements as comp-service tells of them. They are kept as they were told. */
final class EntitlementMapper {
  /** Decimals of a percentage. */
  private static final int PERCENT_DIGITS = 6;

  private EntitlementMapper() {}

  static Entitlement fromBytes(byte[] timeline, long version) {
    try {
      return fromProto(TokenBudgetEntitled.parseFrom(timeline), version);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a kept entitlement is none", e);
    }
  }

  static Entitlement fromProto(TokenBudgetEntitled event, long version) {
    return new Entitlement(
        event.getEngineer(),
        version,
        event.getSegmentsList().stream().map(EntitlementMapper::segment).toList(),
        new By(event.getAuthor(), event.getReason()));
  }

  private static Segment segment(EntitlementSegment segment) {
    return new Segment(
        segment.getSegmentId(),
        DateMapper.fromProto(segment.getEffectiveFrom(), "effective_from"),
        segment.hasEffectiveUntil()
            ? Optional.of(DateMapper.fromProto(segment.getEffectiveUntil(), "effective_until"))
            : Optional.empty(),
        recurrence(segment),
        segment.getPlan(),
        segment.getPortabilityList().stream().map(EntitlementMapper::portability).toList(),
        content(segment));
  }

  private static Portability portability(PortabilityRow row) {
    return new Portability(
        DateMapper.fromProto(row.getDate(), "date"),
        new BigDecimal(row.getPercent().getValue()).movePointRight(PERCENT_DIGITS).intValueExact());
  }

  private static Recurrence recurrence(EntitlementSegment segment) {
    return switch (segment.getRecurrence()) {
      case ENTITLEMENT_RECURRENCE_ANNUAL -> Recurrence.ANNUAL;
      case ENTITLEMENT_RECURRENCE_ONE_OFF -> Recurrence.ONE_OFF;
      case ENTITLEMENT_RECURRENCE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException(
              "recurrence of segment %s: %s (expected: ANNUAL or ONE_OFF)"
                  .formatted(segment.getSegmentId(), segment.getRecurrence()));
    };
  }

  private static Content content(EntitlementSegment segment) {
    return switch (segment.getEntitlementCase()) {
      case AMOUNT -> new Content.Money(MoneyMapper.fromProto(segment.getAmount(), "amount"));
      case QUANTITIES -> quantities(segment.getQuantities());
      case POOLED -> new Content.Pooled();
      case UNCAPPED -> new Content.Uncapped();
      case ENTITLEMENT_NOT_SET ->
          throw new IllegalArgumentException(
              "segment %s entitles to nothing (expected: one of amount, quantities, pooled, uncapped)"
                  .formatted(segment.getSegmentId()));
    };
  }

  /** One line for each model, whatever the number of its meters: a price may depend on them all. */
  private static Content quantities(QuantityEntitlement entitlement) {
    Map<Map.Entry<String, String>, Quantities> byModel = new LinkedHashMap<>();
    for (var line : entitlement.getLinesList()) {
      byModel.merge(
          Map.entry(line.getProvider(), line.getModel()),
          Quantities.of(
              Meter.parse(line.getQuantity().getMeter()), line.getQuantity().getQuantity()),
          Quantities::plus);
    }
    return new Content.Quantity(
        byModel.entrySet().stream()
            .map(e -> new Line(e.getKey().getKey(), e.getKey().getValue(), e.getValue()))
            .toList());
  }
}
