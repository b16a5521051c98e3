package dev.fourthpillar.usage.normalise;

import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.evidence.Fingerprint;
import dev.fourthpillar.usage.evidence.Reporter;
import dev.fourthpillar.usage.evidence.SeriesPoint;
import dev.fourthpillar.usage.telemetry.Count;
import dev.fourthpillar.usage.telemetry.IgnoreReason;
import dev.fourthpillar.usage.telemetry.RecordTime;
import dev.fourthpillar.usage.telemetry.Telemetry;
import dev.fourthpillar.usage.telemetry.Tool;
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
    if (isTooOld(own.get(), reception)) {
      return new Reading.Rejected(RejectReason.TOO_OLD_TO_DEDUPLICATE, "", record);
    }
    return reading(evidence(record, reception, call, event.get(), own.get()));
  }

  /** A point of a metric; it becomes a part of its group's and model's window. */
  static Reading assemble(Telemetry.Point point, Reception reception, Windowed windowed) {
    if (point.value().isEmpty()) {
      return new Reading.Ignored(IgnoreReason.WITHOUT_NUMBERS);
    }
    if (point.temporality() == Telemetry.Temporality.UNSPECIFIED) {
      return new Reading.Rejected(RejectReason.TEMPORALITY_UNKNOWN, "", point);
    }
    Optional<Instant> own = point.time().own();
    if (own.isEmpty()) {
      return new Reading.Rejected(RejectReason.TIME_ABSENT, "", point);
    }
    if (isTooOld(own.get(), reception)) {
      return new Reading.Rejected(RejectReason.TOO_OLD_TO_DEDUPLICATE, "", point);
    }
    return switch (Count.of(point.value().get())) {
      case Count.Absent() -> new Reading.Ignored(IgnoreReason.WITHOUT_NUMBERS);
      case Count.Malformed(Count.Problem problem) ->
          new Reading.Rejected(Counts.reason(problem), "value", point);
      case Count.Known(long value) ->
          reading(
              Windows.evidence(
                  point,
                  reception,
                  windowed,
                  new SeriesPoint(
                      Fingerprint.of(List.of(point.series())),
                      point.start().map(Assembly::nanos).orElse(0L),
                      nanos(own.get()),
                      point.temporality() == Telemetry.Temporality.CUMULATIVE,
                      windowed.kind(),
                      value)));
    };
  }

  private static boolean isTooOld(Instant own, Reception reception) {
    return own.isBefore(reception.receivedAt().minus(reception.window()));
  }

  private static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
  }

  private static Reading reading(Evidence evidence) {
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
        reporter(record.tool()),
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
        flags,
        Optional.empty(),
        call.span());
  }

  private static Reporter reporter(Tool tool) {
    return switch (tool) {
      case CLAUDE_PLATFORM -> Reporter.PROVIDER;
      case LITELLM -> Reporter.GATEWAY;
      case CLAUDE_CODE,
          CODEX_CLI,
          GEMINI_CLI,
          OPENCLAW,
          COPILOT_CLI,
          COPILOT_CHAT,
          AI_SDK,
          ANTHROPIC_SDK,
          OTHER ->
          Reporter.CLIENT;
    };
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
