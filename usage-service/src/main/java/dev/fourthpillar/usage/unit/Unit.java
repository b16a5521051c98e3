package dev.fourthpillar.usage.unit;

import static java.util.Objects.requireNonNull;

import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import java.util.Set;

/**
 * One model call, whoever reported it; or a window, the points of a metric in an hour.
 *
 * @param number in order of creation; of two units that prove to be one, the lower survives
 * @param pricing the evidence nearest to the provider: its quantities and model are the call's
 * @param attribution the evidence of the tool, which alone knows engineer and agent; else the
 *     pricing one
 * @param conflict whether some key of it came with different contents
 * @param quantities what was consumed
 */
public record Unit(
    long number,
    Set<EvidenceKey> evidence,
    Set<Alias> aliases,
    Evidence pricing,
    Evidence attribution,
    boolean conflict,
    Quantities quantities) {

  public Unit {
    requireNonNull(pricing);
    requireNonNull(attribution);
    requireNonNull(quantities);
    evidence = Set.copyOf(evidence);
    aliases = Set.copyOf(aliases);
  }
}
