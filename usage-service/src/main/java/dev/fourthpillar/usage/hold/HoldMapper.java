package dev.fourthpillar.usage.hold;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.HoldAttempt;
import dev.fourthpillar.events.v1.HoldSettled;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.booked.BookedHold;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Dimensions;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.evidence.Fingerprint;
import dev.fourthpillar.usage.evidence.GroupKey;
import dev.fourthpillar.usage.evidence.Providers;
import dev.fourthpillar.usage.evidence.Reporter;
import dev.fourthpillar.usage.evidence.UsageSignal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What budget-service tells of holds, as evidence and as bookings. */
final class HoldMapper {
  static final String HOLD_SETTLED = HoldSettled.getDescriptor().getFullName();

  private static final String OUTCOME = "HOLD_OUTCOME_";
  private static final String PAYER = "PAYER_KIND_";

  private HoldMapper() {}

  static HoldSettled settled(Event event) {
    try {
      return event.getData().unpack(HoldSettled.class);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an event is not what its type says", e);
    }
  }

  static BookedHold booked(HoldSettled settled) {
    Map<Integer, BookedHold.Attempt> attempts = new HashMap<>();
    for (HoldAttempt attempt : settled.getAttemptsList()) {
      Amount list = MoneyMapper.fromProto(attempt.getBookedListAmount(), "booked_list_amount");
      Amount employer =
          MoneyMapper.fromProto(attempt.getBookedEmployerAmount(), "booked_employer_amount");
      attempts.put(
          attempt.getAttempt(),
          new BookedHold.Attempt(
              list.currency(), list.nanos(), employer.nanos(), quantities(attempt)));
    }
    return new BookedHold(
        settled.getEngineer(),
        settled.getHoldId(),
        settled.getSettlementSequence(),
        settled.getOutcome().name().substring(OUTCOME.length()),
        settled.getPayerKind().name().substring(PAYER.length()),
        TimestampMapper.fromProto(settled.getReserveTime()),
        TimestampMapper.fromProto(settled.getEndTime()),
        attempts);
  }

  /** Each attempt is what a gateway has to say of one call. */
  static List<Evidence> evidence(HoldSettled settled) {
    return settled.getAttemptsList().stream().map(attempt -> evidence(settled, attempt)).toList();
  }

  private static Evidence evidence(HoldSettled settled, HoldAttempt attempt) {
    // When the call was allowed: later accounts of the hold do not change it, as they do its end.
    Instant time =
        TimestampMapper.fromProto(settled.getReserveTime()).truncatedTo(ChronoUnit.MICROS);
    String provider =
        attempt.getProvider().isBlank()
            ? Providers.ofModel(attempt.getModel()).orElse("")
            : Providers.canonical(attempt.getProvider());
    Set<Alias> aliases = new HashSet<>();
    if (!provider.isBlank()) {
      attempt.getIdsList().stream()
          .filter(id -> !id.isBlank())
          .forEach(id -> aliases.add(new Alias(provider, id)));
    }
    Quantities quantities = quantities(attempt);
    return new Evidence(
        EvidenceKey.of(
            "",
            UsageSignal.HOLD_ATTEMPT,
            time,
            List.of(
                settled.getEngineer(),
                settled.getHoldId(),
                Integer.toString(attempt.getAttempt()))),
        content(settled, attempt),
        UsageSignal.HOLD_ATTEMPT,
        Reporter.GATEWAY,
        new GroupKey(settled.getTool(), "hold/" + settled.getEngineer()),
        aliases,
        time,
        provider,
        text(attempt.getModel()),
        quantities,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(
            new dev.fourthpillar.usage.evidence.HoldAttempt(
                settled.getEngineer(),
                settled.getHoldId(),
                attempt.getAttempt(),
                settled.getSettlementSequence())),
        new Dimensions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            text(settled.getAgent()),
            Optional.empty(),
            Optional.empty(),
            false,
            text(settled.getProject()),
            Optional.empty(),
            Optional.empty(),
            Map.of()),
        quantities.counts().size() < attempt.getQuantitiesCount()
            ? EnumSet.of(EvidenceFlag.PARTIAL)
            : EnumSet.noneOf(EvidenceFlag.class));
  }

  private static Fingerprint content(HoldSettled settled, HoldAttempt attempt) {
    List<String> fields = new ArrayList<>();
    fields.add(Long.toString(settled.getSettlementSequence()));
    fields.add(attempt.getProvider());
    fields.add(attempt.getModel());
    attempt
        .getQuantitiesList()
        .forEach(count -> fields.add(count.getMeter() + "=" + count.getQuantity()));
    fields.addAll(attempt.getIdsList());
    return Fingerprint.of(fields);
  }

  private static Quantities quantities(HoldAttempt attempt) {
    Map<Meter, Long> counts = new HashMap<>();
    for (MeterQuantity count : attempt.getQuantitiesList()) {
      meter(count.getMeter())
          .ifPresent(meter -> counts.merge(meter, count.getQuantity(), Math::addExact));
    }
    return Quantities.of(counts);
  }

  /** A meter of a newer vocabulary is left out, which is flagged: the hold must not stop here. */
  private static Optional<Meter> meter(String code) {
    try {
      return Optional.of(Meter.parse(code));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(String value) {
    return value.isBlank() ? Optional.empty() : Optional.of(value);
  }
}
