package dev.fourthpillar.usage.normalise;

import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.evidence.Fingerprint;
import dev.fourthpillar.usage.evidence.IdentityClaim;
import dev.fourthpillar.usage.evidence.Reporter;
import dev.fourthpillar.usage.evidence.SeriesPoint;
import dev.fourthpillar.usage.telemetry.Telemetry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Points as evidence of windows. */
final class Windows {

  private Windows() {}

  static Evidence evidence(
      Telemetry.Point record, Reception reception, Windowed windowed, SeriesPoint point) {
    Set<EvidenceFlag> flags = EnumSet.noneOf(EvidenceFlag.class);
    flags.addAll(windowed.flags());
    if (windowed.model().isEmpty()) {
      flags.add(EvidenceFlag.MODEL_UNKNOWN);
    }
    Instant own = record.time().own().orElseThrow();
    Instant event = own;
    if (event.isAfter(reception.receivedAt())) {
      event = reception.receivedAt();
      flags.add(EvidenceFlag.TIME_CLAMPED);
    }
    return new Evidence(
        EvidenceKey.of(
            record.tool().id(),
            windowed.signal(),
            own,
            List.of(
                "point",
                record.series(),
                Long.toString(point.startNanos()),
                Long.toString(point.timeNanos()))),
        Fingerprint.of(List.of(point.kind().name(), Long.toString(point.value()))),
        windowed.signal(),
        Reporter.CLIENT,
        windowed.group(),
        Set.of(Alias.ofWindow(window(windowed, point))),
        event,
        windowed.provider(),
        windowed.model(),
        Quantities.none(),
        windowed.serviceTier(),
        Optional.empty(),
        Optional.empty(),
        windowed.claims(),
        Optional.empty(),
        windowed.dimensions(),
        flags,
        Optional.of(point),
        Optional.empty());
  }

  /**
   * Group, model and hour; and whatever else is priced, owned or listed apart. What the sender is
   * known by is left out: a resend over another way is of the same window.
   */
  private static Fingerprint window(Windowed windowed, SeriesPoint point) {
    List<String> fields = new ArrayList<>();
    fields.add(windowed.signal().id());
    fields.add(windowed.group().tool());
    fields.add(windowed.group().value());
    fields.add(windowed.provider());
    fields.add(windowed.model().orElse(""));
    fields.add(windowed.serviceTier().orElse(""));
    fields.add(Long.toString(point.windowStart().getEpochSecond()));
    for (IdentityClaim claim : windowed.claims()) {
      if (claim.kind() != IdentityClaim.Kind.ENGINEER
          && claim.kind() != IdentityClaim.Kind.CREDENTIAL) {
        fields.add(claim.kind().name());
        fields.add(claim.value());
      }
    }
    fields.add("tags");
    fields.add(windowed.dimensions().project().orElse(""));
    for (Map.Entry<String, String> tag : new TreeMap<>(windowed.dimensions().tags()).entrySet()) {
      fields.add(tag.getKey());
      fields.add(tag.getValue());
    }
    return Fingerprint.of(fields);
  }
}
