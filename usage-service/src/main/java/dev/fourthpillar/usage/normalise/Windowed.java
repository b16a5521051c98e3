package dev.fourthpillar.usage.normalise;

import dev.fourthpillar.usage.evidence.Dimensions;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.GroupKey;
import dev.fourthpillar.usage.evidence.IdentityClaim;
import dev.fourthpillar.usage.evidence.PointKind;
import dev.fourthpillar.usage.evidence.UsageSignal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a tool's own rules make of a metric's point, before the rules that hold for every tool. */
record Windowed(
    UsageSignal signal,
    PointKind kind,
    GroupKey group,
    String provider,
    Optional<String> model,
    Optional<String> serviceTier,
    List<IdentityClaim> claims,
    Dimensions dimensions,
    Set<EvidenceFlag> flags) {

  Windowed {
    claims = List.copyOf(claims);
    flags = Set.copyOf(flags);
  }
}
