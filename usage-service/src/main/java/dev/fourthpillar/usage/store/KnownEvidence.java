package dev.fourthpillar.usage.store;

import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.evidence.Fingerprint;
import java.time.Instant;
import java.util.Map;

/**
 * What is stored of the keys and aliases that were asked for.
 *
 * @param versions by key and content, the event time that stands
 * @param unitOfKey the unit that a key's reports belong to
 * @param unitOfAlias the unit that an alias names
 */
public record KnownEvidence(
    Map<EvidenceKey, Map<Fingerprint, Instant>> versions,
    Map<EvidenceKey, Long> unitOfKey,
    Map<Alias, Long> unitOfAlias) {}
