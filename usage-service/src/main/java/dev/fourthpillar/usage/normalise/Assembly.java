package dev.fourthpillar.usage.normalise;

import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.evidence.Fingerprint;
import dev.fourthpillar.usage.evidence.Reporter;
import dev.fourthpillar.usage.telemetry.RecordTime;
import dev.fourthpillar.usage.telemetry.Telemetry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules that hold for every tool: what dates a record, what identifies it, what it must at
 * least say.
 */
final class Assembly {

  private static final String ABSENT = "-";

  private Assembly() {}

  static Reading assemble(Telemetry record, Reception reception, Call call) {
    RecordTime time = record.time();
    if (call.reckoned().known().isEmpty()) {
      return new Reading.Rejected(RejectReason.QUANTITIES_ABSENT, "", record);
    }
    Optional<Instant> event = time.event();
    Optional<Instant> own = time.own();
    if (event.isEmpty() || own.isEmpty()) {
      return new Reading.Rejected(RejectReason.TIME_ABSENT, "", record);
    }
    if (own.get().isBefore(reception.receivedAt().minus(reception.window()))) {
      return new Reading.Rejected(RejectReason.TOO_OLD_TO_DEDUPLICATE, "", record);
    }
    Evidence evidence = evidence(record, reception, call, event.get(), own.get());
    return evidence.signal().counted()
        ? new Reading.Counted(evidence)
        : new Reading.Lower(evidence);
  }

  private static Evidence evidence(
      Telemetry record, Reception reception, Call call, Instant event, Instant own) {
    Set<EvidenceFlag> flags = EnumSet.noneOf(EvidenceFlag.class);
    flags.addAll(call.flags());
    flags.addAll(call.reckoned().flags());
    if (call.model().isEmpty()) {
      flags.add(EvidenceFlag.MODEL_UNKNOWN);
    }
    if (record.time().observedOnly()) {
      flags.add(EvidenceFlag.TIME_OBSERVED_ONLY);
    }
    Instant eventTime = event;
    if (event.isAfter(reception.receivedAt())) {
      eventTime = reception.receivedAt();
      flags.add(EvidenceFlag.TIME_CLAMPED);
    }
    return new Evidence(
        // The key keeps the record's time as it was sent: a clamped one would differ on resend.
        EvidenceKey.of(record.tool().id(), call.signal(), own, call.requestKey()),
        content(call),
        call.signal(),
        Reporter.CLIENT,
        call.group(),
        call.aliases(),
        eventTime,
        call.provider(),
        call.model(),
        call.reckoned().quantities(),
        call.serviceTier(),
        Optional.empty(),
        call.claimedCost(),
        call.claims(),
        Optional.empty(),
        call.dimensions(),
        flags);
  }

  /**
   * What would change a charge or its place. Times are left out, since an observed one differs on
   * resend; claims too, since they depend on the credential of the sender; and the claimed cost,
   * since nothing is charged by it.
   */
  private static Fingerprint content(Call call) {
    List<String> fields = new ArrayList<>();
    fields.add(call.provider());
    fields.add(call.model().orElse(ABSENT));
    fields.add(call.serviceTier().orElse(ABSENT));
    for (TokenMeter meter : call.reckoned().known()) {
      fields.add(meter.code());
      fields.add(Long.toString(call.reckoned().quantities().count(meter)));
    }
    fields.add(call.dimensions().session().orElse(ABSENT));
    fields.add(call.dimensions().prompt().orElse(ABSENT));
    fields.add(call.dimensions().agentId().orElse(ABSENT));
    return Fingerprint.of(fields);
  }
}
