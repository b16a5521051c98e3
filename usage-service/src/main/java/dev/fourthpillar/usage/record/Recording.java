package dev.fourthpillar.usage.record;

import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.ClaimedCost;
import dev.fourthpillar.usage.evidence.Dimensions;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.evidence.Fingerprint;
import dev.fourthpillar.usage.evidence.GroupKey;
import dev.fourthpillar.usage.evidence.HoldAttempt;
import dev.fourthpillar.usage.evidence.IdentityClaim;
import dev.fourthpillar.usage.evidence.Reporter;
import dev.fourthpillar.usage.evidence.UsageSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One call as a client of our own API records it.
 *
 * @param client the subject of its token
 * @param usageId chosen by the client, unique for it
 * @param claims in order of precedence, the credential's first
 * @param tool may be empty
 */
record Recording(
    String client,
    String usageId,
    Instant eventTime,
    String provider,
    String model,
    Quantities quantities,
    Set<String> providerIds,
    List<IdentityClaim> claims,
    Optional<HoldAttempt> hold,
    Reporter reporter,
    String tool,
    Dimensions dimensions,
    Optional<String> serviceTier,
    Optional<String> region,
    Optional<ClaimedCost> claimedCost) {

  /** What two clocks may differ. */
  static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private static final String ABSENT = "-";

  Recording {
    providerIds = Set.copyOf(providerIds);
    claims = List.copyOf(claims);
  }

  Optional<Rejection> rejection(Instant now, Duration window) {
    if (eventTime.isBefore(now.minus(window))) {
      return Optional.of(Rejection.TOO_OLD_TO_DEDUPLICATE);
    }
    return eventTime.isAfter(now.plus(CLOCK_SKEW))
        ? Optional.of(Rejection.IN_THE_FUTURE)
        : Optional.empty();
  }

  Evidence evidence(Instant now) {
    Set<Alias> aliases = new HashSet<>();
    aliases.add(Alias.ofUsage(client, usageId));
    providerIds.forEach(id -> aliases.add(new Alias(provider, id)));
    Set<EvidenceFlag> flags = EnumSet.noneOf(EvidenceFlag.class);
    if (eventTime.isAfter(now)) {
      flags.add(EvidenceFlag.TIME_CLAMPED);
    }
    return new Evidence(
        EvidenceKey.of(tool, UsageSignal.RECORDED, eventTime, List.of(client, usageId)),
        content(),
        UsageSignal.RECORDED,
        reporter,
        new GroupKey(tool, dimensions.session().orElse(client)),
        aliases,
        eventTime.isAfter(now) ? now : eventTime,
        provider,
        Optional.of(model),
        quantities,
        serviceTier,
        region,
        claimedCost,
        claims,
        hold,
        dimensions,
        flags);
  }

  /** Everything the client said. What its credential says may change between two sendings. */
  private Fingerprint content() {
    List<String> fields = new ArrayList<>();
    fields.add(eventTime.toString());
    fields.add(provider);
    fields.add(model);
    fields.addAll(Fingerprint.fields(quantities));
    fields.addAll(new TreeSet<>(providerIds));
    fields.add(ABSENT);
    claims.stream()
        .filter(claim -> claim.kind() != IdentityClaim.Kind.CREDENTIAL)
        .forEach(
            claim -> {
              fields.add(claim.kind().name());
              fields.add(claim.value());
            });
    fields.add(hold.map(one -> one.alias().id()).orElse(ABSENT));
    fields.add(reporter.name());
    fields.add(tool);
    fields.add(dimensions.session().orElse(ABSENT));
    fields.add(dimensions.prompt().orElse(ABSENT));
    fields.add(dimensions.agent().orElse(ABSENT));
    fields.add(dimensions.agentId().orElse(ABSENT));
    fields.add(dimensions.parentAgent().orElse(ABSENT));
    fields.add(dimensions.project().orElse(ABSENT));
    for (Map.Entry<String, String> tag : new TreeMap<>(dimensions.tags()).entrySet()) {
      fields.add(tag.getKey());
      fields.add(tag.getValue());
    }
    fields.add(serviceTier.orElse(ABSENT));
    fields.add(region.orElse(ABSENT));
    fields.add(claimedCost.map(cost -> Long.toString(cost.amountNanos())).orElse(ABSENT));
    return Fingerprint.of(fields);
  }
}
