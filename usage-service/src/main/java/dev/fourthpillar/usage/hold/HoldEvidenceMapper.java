package dev.fourthpillar.usage.hold;

import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.events.v1.HoldAttempt;
import dev.fourthpillar.events.v1.HoldSettled;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Dimensions;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.evidence.Fingerprint;
import dev.fourthpillar.usage.evidence.GroupKey;
import dev.fourthpillar.usage.evidence.IdentityClaim;
import dev.fourthpillar.usage.evidence.Providers;
import dev.fourthpillar.usage.evidence.Reporter;
import dev.fourthpillar.usage.evidence.UsageSignal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The attempts of a hold that has ended, as reports of a gateway. Each is one call: whoever names
 * the hold, or carries one of the attempt's ids, speaks of the same one.
 */
public final class HoldEvidenceMapper {
  private HoldEvidenceMapper() {}

  /**
   * @param receivedAt an event time is never after it
   */
  public static List<Evidence> fromProto(HoldSettled hold, Instant receivedAt) {
    return hold.getAttemptsList().stream()
        .map(attempt -> evidence(hold, attempt, receivedAt))
        .toList();
  }

  private static Evidence evidence(HoldSettled hold, HoldAttempt attempt, Instant receivedAt) {
    Instant reserved = TimestampMapper.fromProto(hold.getReserveTime());
    String provider = Providers.canonical(attempt.getProvider());
    Set<Alias> aliases = new HashSet<>();
    attempt.getIdsList().stream()
        .filter(id -> !id.isBlank() && !provider.isBlank())
        .forEach(id -> aliases.add(new Alias(provider, id)));
    Quantities quantities = quantities(attempt);
    return new Evidence(
        // Of the reservation, which every account of the hold repeats.
        EvidenceKey.of(
            "",
            UsageSignal.HOLD_ATTEMPT,
            reserved,
            List.of(hold.getEngineer(), hold.getHoldId(), Integer.toString(attempt.getAttempt()))),
        content(hold, attempt, provider, quantities),
        UsageSignal.HOLD_ATTEMPT,
        Reporter.GATEWAY,
        new GroupKey(hold.getTool(), hold.getEngineer()),
        aliases,
        eventTime(reserved, receivedAt),
        provider,
        attempt.getModel().isBlank() ? Optional.empty() : Optional.of(attempt.getModel()),
        quantities,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(new IdentityClaim(IdentityClaim.Kind.ENGINEER, hold.getEngineer())),
        Optional.of(
            new dev.fourthpillar.usage.evidence.HoldAttempt(
                hold.getEngineer(),
                hold.getHoldId(),
                attempt.getAttempt(),
                hold.getSettlementSequence())),
        dimensions(hold),
        Set.of());
  }

  /** The call was made while the hold was held; it is charged to the day it began. */
  private static Instant eventTime(Instant reserved, Instant receivedAt) {
    return reserved.isAfter(receivedAt) ? receivedAt : reserved;
  }

  /** A meter of a newer budget-service stays what it is: without it the call would look cheap. */
  static Quantities quantities(HoldAttempt attempt) {
    Map<Meter, Long> counts = new HashMap<>();
    for (MeterQuantity quantity : attempt.getQuantitiesList()) {
      counts.merge(Meter.read(quantity.getMeter()), quantity.getQuantity(), Math::addExact);
    }
    return Quantities.of(counts);
  }

  private static Fingerprint content(
      HoldSettled hold, HoldAttempt attempt, String provider, Quantities quantities) {
    List<String> fields = new ArrayList<>();
    fields.add(Long.toString(hold.getSettlementSequence()));
    fields.add(hold.getOutcome().name());
    fields.add(provider);
    fields.add(attempt.getModel());
    fields.addAll(attempt.getIdsList().stream().sorted().toList());
    fields.addAll(Fingerprint.fields(quantities));
    return Fingerprint.of(fields);
  }

  private static Dimensions dimensions(HoldSettled hold) {
    return new Dimensions(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        optional(hold.getAgent()),
        Optional.empty(),
        Optional.empty(),
        false,
        optional(hold.getProject()),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  private static Optional<String> optional(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }
}
