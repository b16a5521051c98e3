package dev.fourthpillar.usage.normalise;

import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.ClaimedCost;
import dev.fourthpillar.usage.evidence.Dimensions;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.GroupKey;
import dev.fourthpillar.usage.evidence.IdentityClaim;
import dev.fourthpillar.usage.evidence.SpanLink;
import dev.fourthpillar.usage.evidence.UsageSignal;
import dev.fourthpillar.usage.kinds.Reckoned;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a tool's own rules make of a record, before the rules that hold for every tool (time, key,
 * content).
 */
record Call(
    UsageSignal signal,
    List<String> requestKey,
    GroupKey group,
    Set<Alias> aliases,
    String provider,
    Optional<String> model,
    Reckoned reckoned,
    Optional<String> serviceTier,
    Optional<ClaimedCost> claimedCost,
    List<IdentityClaim> claims,
    Dimensions dimensions,
    Set<EvidenceFlag> flags,
    Optional<SpanLink> span) {

  Call {
    requestKey = List.copyOf(requestKey);
    aliases = Set.copyOf(aliases);
    claims = List.copyOf(claims);
    flags = Set.copyOf(flags);
  }

  /** Of a signal whose records do not stand around each other. */
  Call(
      UsageSignal signal,
      List<String> requestKey,
      GroupKey group,
      Set<Alias> aliases,
      String provider,
      Optional<String> model,
      Reckoned reckoned,
      Optional<String> serviceTier,
      Optional<ClaimedCost> claimedCost,
      List<IdentityClaim> claims,
      Dimensions dimensions,
      Set<EvidenceFlag> flags) {
    this(
        signal,
        requestKey,
        group,
        aliases,
        provider,
        model,
        reckoned,
        serviceTier,
        claimedCost,
        claims,
        dimensions,
        flags,
        Optional.empty());
  }
}
